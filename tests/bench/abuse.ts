// npm run bench -- abuse [--json] [--abusers 30] [--lines 120] [--only NAME]
//
// Thirty students who do their worst, and one who types a line now and then: how long does that one wait? A server in a
// process of its own; each abuser sits in a container of the class's image and does one of ten things for as long as it lasts.
//
// idleP50Ms, idleP99Ms   the innocent student's line, from typing to its prompt on the screen, while nobody else does anything
// besideP50Ms, besideP99Ms  the same beside all abusers at once, measured until the last of them has ended or was interrupted
// p50Ratio, p99Ratio     beside divided by idle
// ends            for each abuse: what a terminal said at its end, `interrupted` where it goes on until Ctrl-C as on a real
//                 system, or `STILL RUNNING` where that did not help either
// stallsMs        the longest that each of the server's threads did not come round to its next event meanwhile
// lost            threads of the server that were ended because of it; an abuser's machine goes on in another one
// serverMb        resident memory of the server after it all
// load, cores     of this computer as it began
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBenchServer } from './support/bundled-server';
import { number, percentile, rounded } from './support/numbers';
import { openClass } from './support/open-class';
import { Seat } from './support/seat';

const words = process.argv.slice(2);
const abusers = number(words, '--abusers', 30);
const lines = number(words, '--lines', 120);
const load = rounded(loadavg()[0]!);
const after = (option: string) => (words.includes(option) ? words[words.indexOf(option) + 1] : undefined);

/** What is typed, and what a real system says when it has had enough of it (nothing: it goes on until Ctrl-C). */
const abuses: Readonly<Record<string, { readonly line: string; readonly says?: RegExp }>> = {
  'fork bomb': { line: 'b() { b | b & }; b', says: /can't fork|Resource temporarily unavailable/ },
  'endless loop': { line: 'while :; do :; done', says: /CPU time limit exceeded/ },
  'yes > f': { line: 'yes > /root/f', says: /No space left on device/ },
  'cat /dev/urandom': { line: 'cat /dev/urandom' },
  'dd if=/dev/zero': { line: 'dd if=/dev/zero of=/root/f bs=1M', says: /No space left on device/ },
  recursion: { line: 'r() { r; }; r', says: /Segmentation fault|recursion|too deep|exceeded|Out of memory/i },
  'background jobs': {
    line: 'i=0; while [ $i -lt 10000 ]; do sleep 1000 & i=$((i+1)); done',
    says: /can't fork|Resource temporarily unavailable/,
  },
  'regex bomb (grep)': { line: 'echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab | grep -E "^(a+)+$"' },
  'regex bomb (sed)': { line: 'echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab | sed -E "s/^(a*)*c$/x/"' },
  'endless output': { line: 'while :; do echo y; done', says: /CPU time limit exceeded/ },
};

const server = await startBenchServer({ profile: after('--profile') });
const { host, code } = await openClass(server);
const join = async (n: number) => {
  const seat = await Seat.join(server.url, code, n);
  await seat.line('docker run -it --name web motd:1.0 sh');
  return seat;
};
const innocent = await join(1);
const others: Seat[] = [];
for (let n = 0; n < abusers; n++) others.push(await join(n + 2));

/** From typing to the prompt, so many times. */
async function times(count: number): Promise<number[]> {
  const found: number[] = [];
  for (let n = 0; n < count; n++) {
    const at = performance.now();
    await innocent.line(`echo ${n} > /tmp/f${n % 10}`);
    found.push(performance.now() - at);
    await sleep(100);
  }
  return found;
}

await times(20);
const idle = await times(lines);

/** What the terminal says when it is over; until then somebody else's patience is tried. */
async function abuse(seat: Seat, name: string): Promise<string> {
  const { line, says } = abuses[name]!;
  seat.screen = '';
  void seat.type(`${line}\r`);
  const over = () => /\n[^\n]*# $/.test(seat.screen);
  for (let waited = 0; waited < 300 && !over() && !says?.test(seat.screen); waited++) await sleep(100);
  if (says?.test(seat.screen)) {
    const found = says.exec(seat.screen)![0];
    await interrupted(seat);
    return found;
  }
  if (over()) return `ended: ${seat.screen.trim().split('\n').slice(1, -1).join(' / ').slice(-120)}`;
  return (await interrupted(seat)) ? 'interrupted' : 'STILL RUNNING';
}

/** Ctrl-C, and then a line: does the shell answer again? */
async function interrupted(seat: Seat): Promise<boolean> {
  for (let tries = 0; tries < 3; tries++) {
    seat.screen = '';
    void seat.type('\x03');
    await sleep(1000);
    void seat.type('echo al"ive"\r');
    for (let waited = 0; waited < 50; waited++) {
      if (/^alive$/m.test(seat.screen)) return true;
      await sleep(100);
    }
  }
  return false;
}

const names = Object.keys(abuses).filter((name) => !after('--only') || name.startsWith(after('--only')!));
const ends: Record<string, string> = {};
let running = abusers;
const abused = others.map(async (seat, n) => {
  const name = names[n % names.length]!;
  await sleep(n * 20);
  const end = await abuse(seat, name);
  ends[name] = ends[name] && ends[name] !== end ? `${ends[name]}; ${end}` : end;
  running--;
});
await server.busy();
const beside: number[] = [];
while (running > 0 && beside.length < 2000) beside.push(...(await times(1)));
await Promise.all(abused);

const result = {
  abusers,
  idleP50Ms: rounded(percentile(idle, 0.5)),
  idleP99Ms: rounded(percentile(idle, 0.99)),
  besideP50Ms: rounded(percentile(beside, 0.5)),
  besideP99Ms: rounded(percentile(beside, 0.99)),
  p50Ratio: rounded(percentile(beside, 0.5) / percentile(idle, 0.5)),
  p99Ratio: rounded(percentile(beside, 0.99) / percentile(idle, 0.99)),
  lines: beside.length,
  ends,
  stallsMs: (await server.busy()).stalls.toSorted((a, b) => a.threadId - b.threadId).map(({ ms }) => ms),
  lost: (server.output().match(/a thread with/g) ?? []).length,
  serverMb: Math.round((await server.held()).rss / 1024 / 1024),
  load,
  cores: availableParallelism(),
};
if (words.includes('--json')) console.log(JSON.stringify(result));
else console.log(result);
for (const line of new Set(server.output().match(/^(a thread|machine ).*/gm) ?? [])) console.error(line);
for (const { client } of [innocent, ...others]) client.close();
host.close();
await server.stop();
process.exit(0);
