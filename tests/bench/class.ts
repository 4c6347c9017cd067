// npm run bench -- class [--seats 300] [--json] [--seconds 40] [--peers 8] [--disk FOLDER] [--profile FOLDER] [--snapshot FILE]
//
// A whole class over real sockets: a server in a process of its own (bundled from the present source), and here its host, its
// students and, on the projector, its board. Every student joins, opens a terminal, goes into a container of the published
// image, and then types a line that writes a file every two seconds. Between windows of that, the same number of sockets does
// the same with a server that is nothing but socket.io and says the same bytes: `raw`. What is printed:
//
// seats          asked for
// joinsFailed    seats that did not come to their first prompt
// joinSeconds    from the first connection to the last seat's first prompt (30 begin each second)
// joinP95Ms      from a seat's connection to its first prompt
// lines          typed in all windows, each heard by the board and by `peers` other students who have the comparison open
// lost           deliveries that did not come within ten seconds of the end
// p50Ms, p99Ms   delivery: from the moment when the server begins to announce what a line did to its arrival, over all those
//                listeners
// rawP50Ms, rawP99Ms, p99Ratio   the same for the raw server's broadcast of the same bytes, and p99Ms divided by its
// lineP50Ms, lineP99Ms   from the moment of typing to the announcement's arrival: the line was run by a shell in a container, and
//                what it did was stored on the disk, before anybody hears of it
// rawLineP50Ms, rawLineP99Ms, lineP99Ratio   the same for the raw server, which does nothing in between but acknowledge
// answerP99Ms    from typing a line to its acknowledgement: what it did is stored
// serverCpu      cores that the server kept busy while the class typed (1: one core), all its threads together
// memoryPerSeatKb   what the server's threads hold (heap and outside it, after a collection) with all seats inside their
//                containers, less what they held with the class open and empty, for each seat; KiB. With few seats most of
//                it is `memoryOnceKb`
// memoryFurtherSeatKb   the same of those seats alone that came when ten others were inside: what one more costs
// memoryOnceKb   of the first ten, what is not theirs: programs that were compiled, the image's and the host's files as trees
// rssPerSeatKb   memoryPerSeatKb of the process's resident memory, which includes room that was needed once
// bytesPerSeat   bytes a second on one seat's connection, both ways, while it types
// joinBytesPerSeat  bytes on a seat's connection until it stands in its container
// memoryByThreadKb  of memoryFurtherSeatKb: the server's own thread, the store's, the students' computers'
// stallsMs       the longest that each of those threads did not come round to its next event
// fsyncP50Ms, fsyncP99Ms   how long the same disk took to keep 4 KiB, once every 200 ms beside the class: what is announced is
//                stored before, so this is in lineP50Ms and lineP99Ms, and not in raw's. `--disk /dev/shm` leaves it out
// `--snapshot`   writes what the server's own thread holds then, for Chromium's memory panel
// load           this computer's load average (1 minute) at the start and at the end; cores
import { fork } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { type Announced, type Held, heard, probe, startBenchServer } from './support/bundled-server';
import { Deliveries } from './support/deliveries';
import { Disk } from './support/disk';
import { number, percentile, rounded } from './support/numbers';
import { openClass } from './support/open-class';
import { Seat } from './support/seat';
import type { FromWatchers, ToWatchers } from './support/watchers';

const words = process.argv.slice(2);
const seats = number(words, '--seats', 300);
const seconds = number(words, '--seconds', 40);
const peers = Math.min(seats, number(words, '--peers', 8));
const after = (option: string) => (words.includes(option) ? words[words.indexOf(option) + 1] : undefined);
const say = (text: string) => words.includes('--json') || console.error(text);

/** Who is there before the class is measured: they meet what is made once. */
const firstSeats = 10;
const everyMs = 2000;
const joinsASecond = 30;
const windows = 2;
const windowMs = (seconds * 1000) / (2 * windows);

const loadBefore = loadavg()[0]!;
const server = await startBenchServer({
  env: { MOST_SEATS: String(Math.max(300, seats + firstSeats)) },
  profile: after('--profile'),
  disk: after('--disk'),
});
const disk = new Disk(server.dataDir);
let lineNumber = 0;

const { host, cookie, code } = await openClass(server);
await host.get('class:watch', { code, cursor: 0 });
const empty = await server.held();

for (let n = 1; n <= firstSeats; n++) {
  const seat = await Seat.join(server.url, code, seats + n);
  await seat.line('docker run -it --name web motd:1.0 sh');
}
const first = await server.held();

// Joining.
const begun = performance.now();
const joinMs: number[] = [];
let failed = 0;
const joining = Array.from({ length: seats }, async (_, n) => {
  await sleep((n / joinsASecond) * 1000);
  const at = performance.now();
  try {
    const seat = await Promise.race([Seat.join(server.url, code, n + 1), sleep(60_000).then(() => undefined)]);
    if (!seat) throw new Error('no prompt within a minute');
    joinMs.push(performance.now() - at);
    return seat;
  } catch (error) {
    failed++;
    say(`seat ${n + 1}: ${String(error)}`);
    return undefined;
  }
});
const students = (await Promise.all(joining)).filter((seat) => seat !== undefined);
const joinSeconds = (performance.now() - begun) / 1000;
say(`${students.length} joined in ${joinSeconds.toFixed(1)} s`);

// Into the container. Not all in one moment: it is a class, which follows a teacher.
await Promise.all(
  students.map(async (seat, n) => {
    await sleep((n / joinsASecond) * 1000);
    await seat.line('docker run -it --name web motd:1.0 sh');
  }),
);
const joinBytes = students.map((seat) => seat.bytes.in + seat.bytes.out);
say('all in their containers');
const full = await server.held();
const snapshot = after('--snapshot');
if (snapshot) await server.snapshot(snapshot);

// The listeners: the board and some students who compare, each on a page of its own beside the one that types.
const watchers = fork(new URL('./support/watchers.ts', import.meta.url));
const watching = async (message: ToWatchers) => {
  watchers.send(message);
  await heard(watchers, 'watching');
};
const listeners = 1 + peers;
const people = [{ cookie }, ...students.slice(0, peers).map(({ token }) => ({ token }))];
await watching({ type: 'watch', url: server.url, code, people });
const deliveries = new Deliveries(listeners);

// The raw server, with as many sockets.
const raw = fork(new URL('./support/raw-server.mjs', import.meta.url), { execArgv: ['--import', probe] });
const { port } = (await heard(raw, 'ready')) as { port: number };
const rawSockets: Socket[] = [];
for (let n = 0; n < students.length + 1; n++)
  rawSockets.push(io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true }));
await Promise.all(
  rawSockets.map((socket) => socket.connected || new Promise((resolve) => socket.once('connect', () => resolve(true)))),
);
await watching({ type: 'watch-raw', url: `http://127.0.0.1:${port}`, listeners });
const rawDeliveries = new Deliveries(listeners);

/** Waits until everything was heard that was said, ten seconds at most; answers an example of what was said. */
async function hear(deliveries: Deliveries, announced: () => Promise<readonly Announced[]>) {
  await sleep(300);
  for (let waited = 0; ; waited++) {
    watchers.send({ type: 'arrived' } satisfies ToWatchers);
    const { arrivals, sample } = (await heard(watchers, 'arrivals')) as Extract<FromWatchers, { type: 'arrivals' }>;
    deliveries.heard(arrivals, await announced());
    if (!deliveries.lost || waited === 100) return sample;
    await sleep(100);
  }
}

async function rawAnnounced(): Promise<readonly Announced[]> {
  raw.send({ type: 'announced' });
  return ((await heard(raw, 'announced')) as { announced: readonly Announced[] }).announced;
}

const answers: number[] = [];
let refused = 0;

async function act(seat: Seat, n: number, until: number): Promise<void> {
  await sleep((n / students.length) * everyMs);
  while (performance.now() < until) {
    const at = performance.now();
    const tag = `line-${n}-${++lineNumber}`;
    deliveries.typed(tag);
    void seat.type(`echo ${tag} > /tmp/${tag}\r`).then((answer) => {
      answers.push(performance.now() - at);
      if (!answer?.ok) refused++;
    });
    await sleep(everyMs);
  }
}

async function actRaw(socket: Socket, n: number, until: number): Promise<void> {
  await sleep((n / students.length) * everyMs);
  while (performance.now() < until) {
    const tag = `line-${n}-${++lineNumber}`;
    rawDeliveries.typed(tag);
    const data = `echo ${tag} > /tmp/${tag}\r`;
    const body = {
      code,
      machine: students[n]!.machine,
      terminal: 'main',
      client: 'bench00000000',
      seq: lineNumber,
      data,
      tag,
    };
    void socket.emitWithAck('terminal:type', body);
    await sleep(everyMs);
  }
}

const carried = () => students.reduce((sum, { bytes }) => sum + bytes.in + bytes.out, 0);
let cpuMs = 0;
let actedMs = 0;
let bytes = 0;
const stalls: number[] = [];
// From now on they note when they announce what.
await Promise.all([server.announced(), rawAnnounced()]);
// One short window to warm both up is not counted.
for (let window = 0; window <= windows; window++) {
  const ms = window === 0 ? 4000 : windowMs;
  const [cpuBefore, bytesBefore, at] = [(await server.busy()).cpuMs, carried(), performance.now()];
  await Promise.all(students.map((seat, n) => act(seat, n, at + ms)));
  await sleep(300);
  if (window > 0) {
    const busy = await server.busy();
    cpuMs += busy.cpuMs - cpuBefore;
    for (const { threadId, ms } of busy.stalls) stalls[threadId] = Math.max(stalls[threadId] ?? 0, ms);
    actedMs += performance.now() - at;
    bytes += carried() - bytesBefore;
  }
  const sample = await hear(deliveries, server.announced);
  await rawSockets[0]!.emitWithAck('sample', sample);
  const rawAt = performance.now();
  await Promise.all(students.map((_, n) => actRaw(rawSockets[n + 1]!, n, rawAt + ms)));
  await hear(rawDeliveries, rawAnnounced);
  if (window > 0) continue;
  for (const one of [deliveries, rawDeliveries]) one.forget();
  for (const list of [answers, disk.times]) list.length = 0;
}

const byThread = (before: Held, after: Held) =>
  after.threads
    .toSorted((a, b) => a.threadId - b.threadId)
    .map(({ threadId, heap, external }) => {
      const was = before.threads.find((other) => other.threadId === threadId);
      return kb(heap + external, (was?.heap ?? 0) + (was?.external ?? 0));
    });
const kb = (after: number, before: number, among = students.length) =>
  rounded((after - before) / 1024 / Math.max(1, among));
const everybody = students.length + firstSeats;
const further = kb(full.live, first.live);
const [p99Ms, rawP99Ms] = [deliveries, rawDeliveries].map(({ carried }) => percentile(carried, 0.99)) as [
  number,
  number,
];
const [lineP99Ms, rawLineP99Ms] = [deliveries, rawDeliveries].map(({ lines }) => percentile(lines, 0.99)) as [
  number,
  number,
];
const result = {
  seats,
  lost: deliveries.lost,
  p50Ms: rounded(percentile(deliveries.carried, 0.5)),
  p99Ms: rounded(p99Ms),
  rawP99Ms: rounded(rawP99Ms),
  p99Ratio: rounded(p99Ms / rawP99Ms),
  serverCpu: rounded(cpuMs / actedMs),
  memoryPerSeatKb: kb(full.live, empty.live, everybody),
  memoryFurtherSeatKb: further,
  memoryOnceKb: rounded(kb(first.live, empty.live, 1) - further * firstSeats),
  bytesPerSeat: Math.round(bytes / Math.max(1, students.length) / (actedMs / 1000)),
  joinsFailed: failed,
  joinSeconds: rounded(joinSeconds),
  joinP95Ms: rounded(percentile(joinMs, 0.95)),
  joinBytesPerSeat: Math.round(joinBytes.reduce((sum, one) => sum + one, 0) / Math.max(1, joinBytes.length)),
  lines: answers.length,
  refused,
  peers,
  rawP50Ms: rounded(percentile(rawDeliveries.carried, 0.5)),
  lineP50Ms: rounded(percentile(deliveries.lines, 0.5)),
  lineP99Ms: rounded(lineP99Ms),
  rawLineP50Ms: rounded(percentile(rawDeliveries.lines, 0.5)),
  rawLineP99Ms: rounded(rawLineP99Ms),
  lineP99Ratio: rounded(lineP99Ms / rawLineP99Ms),
  rawLost: rawDeliveries.lost,
  answerP99Ms: rounded(percentile(answers, 0.99)),
  rssPerSeatKb: kb(full.rss, empty.rss, everybody),
  memoryByThreadKb: byThread(first, full),
  stallsMs: stalls,
  fsyncP50Ms: rounded(percentile(disk.times, 0.5)),
  fsyncP99Ms: rounded(percentile(disk.times, 0.99)),
  load: [rounded(loadBefore), rounded(loadavg()[0]!)],
  cores: availableParallelism(),
};
if (words.includes('--json')) console.log(JSON.stringify(result));
else for (const [name, value] of Object.entries(result)) console.log(`${name.padEnd(18)} ${String(value)}`);

disk.close();
for (const { client } of students) client.close();
host.close();
for (const socket of rawSockets) socket.disconnect();
raw.disconnect();
watchers.disconnect();
await server.stop();
process.exit(0);
