// Loaded before the server (node --import), in its process and in each of its threads: answers `measure` with what all of
// them hold after a garbage collection. It changes nothing of the server.
import { BroadcastChannel, isMainThread, threadId } from 'node:worker_threads';

const channel = new BroadcastChannel('measure');
channel.unref();

/** Bytes in use by this thread: its heap, and what lies outside of it. */
const held = () => {
  for (let times = 0; times < 3; times++) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return { threadId, heap: heapUsed, external };
};

if (isMainThread) {
  let found = [];
  channel.onmessage = ({ data }) => data.held && found.push(data.held);
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
    if (message?.type !== 'cpu') return;
    const { user, system } = process.cpuUsage();
    process.send({ type: 'cpu', cpuMs: (user + system) / 1000 });
  });
} else channel.onmessage = ({ data }) => data.ask && channel.postMessage({ held: held() });
