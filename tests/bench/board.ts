// npm run bench -- board [--seats 300] [--json] [--seconds 20] [--alone 50] [--built] [--profile FILE]
//
// A host's board in a real browser while a whole class works: the server and the pages as `npm run build` makes them (built
// first, unless `--built`), so many students over real sockets, each in a container, and one headless Chromium with the board
// open. `--alone` per cent of the students have a sheet that nobody else has (their name in /etc/motd); the others are in
// twelve groups of equal sheets. Together they touch some sixty paths. Everybody types a line every two seconds that changes
// their sheet; each twentieth of those lines makes a file whose row on the board is waited for. For the page as fast as this
// computer is (`x1`), and four times slower (`x4`, Chromium's CPU throttling), what is printed:
//
// firstFullMs         from opening the board's page to all containers on it; firstLongestTaskMs the longest task until then
// p50Ms, p99Ms        from typing a line to the frame that shows its file in the matrix
// probes, unseen      how many of those lines there were, and how many never came to be seen
// longTasks, longestTaskMs, blockedMsPerSecond   tasks of the page's main thread over 50 ms; what of them is beyond 50 ms
// scriptMsPerSecond, taskMsPerSecond   what its scripts take of each second; with styles, layout and painting, of which
// layoutMsPerSecond, styleMsPerSecond
// frameP50Ms, frameP99Ms   from one frame to the next
// heapMb              what the page's scripts hold after a collection
//
// and once: seats, lines (typed in both windows), refused, load (1 minute, before and after), cores.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchBrowser } from '../support/browser';
import { startServer } from '../support/start-server';
import { BoardPage } from './support/board-page';
import { top } from './support/bundle';
import { number, percentile, rounded } from './support/numbers';
import { openClass } from './support/open-class';
import { Seat } from './support/seat';

const words = process.argv.slice(2);
const seats = number(words, '--seats', 300);
const seconds = number(words, '--seconds', 20);
const alone = words.includes('--alone') ? Number(words[words.indexOf('--alone') + 1]) : 50;
const profile = words.includes('--profile') ? words[words.indexOf('--profile') + 1] : undefined;
const say = (text: string) => words.includes('--json') || console.error(text);

const everyMs = 2000;
const groups = 12;
const oneProbeIn = 20;

if (!words.includes('--built')) {
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: top, stdio: 'ignore' });
  if (status !== 0) throw new Error('the build failed: npm run build says why');
}
const browser = await launchBrowser();
if (!browser) process.exit(1);
const loadBefore = loadavg()[0]!;
const server = await startServer({ pages: true, env: { MOST_SEATS: String(Math.max(300, seats)) } });
const dockerfile = 'FROM busybox\nRUN mkdir /app\nCOPY motd /etc/motd\nCOPY motd /app/index.html\nCMD ["sh"]\n';
const { host, cookie, code } = await openClass(server, dockerfile);
host.close();

const students = await Promise.all(
  Array.from({ length: seats }, async (_, n) => {
    await sleep((n / 30) * 1000);
    const seat = await Seat.join(server.url, code, n + 1);
    await seat.line('docker run -it --name web motd:1.0 sh');
    await seat.line(beginning(n));
    return seat;
  }),
);
say(`${students.length} are in their containers`);

/** What a student's sheet says before the class is watched. */
function beginning(n: number): string {
  const group = n % groups;
  if ((n * 37) % 100 < alone) return `echo seat ${n} > /etc/motd; mkdir -p /zz`;
  const files = Array.from({ length: 5 }, (_, i) => `echo ${i} > /app/part-${group}-${i}.txt`);
  return [...files, ...(group % 3 ? [] : ['rm /etc/group']), 'mkdir -p /zz'].join('; ');
}

const typed = new Map<string, number>();
let lines = 0;
let refused = 0;

/** Every two seconds a line that changes the sheet, and takes away what the probe before made. */
async function act(seat: Seat, n: number, until: number): Promise<void> {
  await sleep((n / students.length) * everyMs);
  for (let turn = 0; performance.now() < until; turn++) {
    const probe = (n + turn * 7) % oneProbeIn === 0 ? `/zz/probe-${n}-${++lines}` : undefined;
    const name = (n * 37) % 100 < alone ? `seat ${n} turn ${turn}` : `turn ${turn % 2}`;
    const line = probe ? `echo > ${probe}` : `rm -f /zz/*; echo ${name} > /etc/motd`;
    if (probe) typed.set(probe, performance.timeOrigin + performance.now());
    lines++;
    void seat.type(`${line}\r`).then((answer) => answer?.ok || refused++);
    await sleep(everyMs);
  }
  await seat.type('rm -f /zz/*\r');
}

async function look(rate: number) {
  const context = await browser!.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en' });
  const [name, value] = cookie.split(/=(.*)/s) as [string, string];
  await context.addCookies([{ name, value, url: server.url }]);
  const board = await BoardPage.open(context, students.length);
  await board.slow(rate);
  const firstFullMs = Math.round(await board.full(`${server.url}/class/${code}/board`));
  say(`x${rate}: full after ${firstFullMs} ms`);
  const firstLongestTaskMs = await board.longest();
  await board.toTheEnd();
  const classActs = async (ms: number) => {
    const until = performance.now() + ms;
    await Promise.all(students.map((seat, n) => act(seat, n, until)));
  };
  await classActs(4000);
  typed.clear();
  if (profile && rate === 1) await board.cdp.send('Profiler.enable').then(() => board.cdp.send('Profiler.start'));
  const window = await board.during(() => classActs(seconds * 1000));
  if (profile && rate === 1) writeFileSync(profile, JSON.stringify((await board.cdp.send('Profiler.stop')).profile));
  await sleep(3000);
  const painted = await board.painted();
  const latencies = [...typed].flatMap(([path, at]) => (painted[path] === undefined ? [] : [painted[path] - at]));
  const heapMb = await board.heapMb();
  await context.close();
  return {
    firstFullMs,
    firstLongestTaskMs,
    p50Ms: rounded(percentile(latencies, 0.5)),
    p99Ms: rounded(percentile(latencies, 0.99)),
    probes: typed.size,
    unseen: typed.size - latencies.length,
    ...window,
    heapMb,
  };
}

const result = {
  seats,
  alone,
  x1: await look(1),
  x4: await look(4),
  lines,
  refused,
  load: [rounded(loadBefore), rounded(loadavg()[0]!)],
  cores: availableParallelism(),
};
if (words.includes('--json')) console.log(JSON.stringify(result));
else console.log(JSON.stringify(result, null, 2));
for (const { client } of students) client.close();
await browser.close();
await server.stop();
process.exit(0);
