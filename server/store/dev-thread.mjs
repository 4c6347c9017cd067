// Threads do not inherit a loader on Node 20: in development this plain file teaches the new thread TypeScript first.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.module);
