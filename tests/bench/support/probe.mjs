// Loaded before the server (node --import), in its process and in each of its threads: answers `measure` with what all of
// them hold after a garbage collection, and `announced` with when it began to broadcast what. It changes nothing of the server.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { writeHeapSnapshot } from 'node:v8';
import { BroadcastChannel, isMainThread, threadId } from 'node:worker_threads';
import { Adapter } from 'socket.io-adapter';

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();

const channel = new BroadcastChannel('measure');
channel.unref();

/** Bytes in use by this thread: its heap, and what lies outside of it. */
const held = () => {
  for (let times = 0; times < 3; times++) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return { threadId, heap: heapUsed, external };
};

/** The longest that this thread did not come round to its next event since it was asked before, milliseconds. */
const stalled = () => {
  const ms = delay.max / 1e6;
  delay.reset();
  return { threadId, ms: Math.round(ms) };
};

/** Milliseconds of a clock that all processes of this computer share. */
const now = () => Number(process.hrtime.bigint()) / 1e6;

/** News of machines since it was asked for the first time, each by its machine and position: when it was handed to socket.io. */
let announced;
const { broadcast } = Adapter.prototype;
Adapter.prototype.broadcast = function (packet, options) {
  const [name, news] = packet.data ?? [];
  if (name === 'machine:changed') announced?.push([`${news.machine}:${news.upTo}`, now()]);
  return broadcast.call(this, packet, options);
};

if (isMainThread) {
  process.on('message', (message) => {
    if (message?.type !== 'announced') return;
    process.send({ type: 'announced', announced: announced ?? [] });
    announced = [];
  });
  let stalls = [];
  let found = [];
  channel.onmessage = ({ data }) => {
    if (data.held) found.push(data.held);
    if (data.stalled) stalls.push(data.stalled);
  };
  process.on('message', (message) => {
    if (message?.type !== 'measure') return;
    found = [held()];
    channel.postMessage({ ask: true });
    setTimeout(() => {
      const { user, system } = process.cpuUsage();
      const { rss } = process.memoryUsage();
      process.send({ type: 'measured', threads: found, rss, cpuMs: (user + system) / 1000 });
    }, 1500);
  });
  process.on('message', (message) => {
    if (message?.type === 'snapshot') process.send({ type: 'snapshot', file: writeHeapSnapshot(message.file) });
  });
  process.on('message', (message) => {
    if (message?.type !== 'cpu') return;
    stalls = [stalled()];
    channel.postMessage({ stalls: true });
    const { user, system } = process.cpuUsage();
    setTimeout(() => process.send({ type: 'cpu', cpuMs: (user + system) / 1000, stalls }), 300);
  });
} else
  channel.onmessage = ({ data }) => {
    if (data.ask) channel.postMessage({ held: held() });
    if (data.stalls) channel.postMessage({ stalled: stalled() });
  };
