import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { openDatabase } from './database';
import type { Ask, Operation, Reply } from './messages';

/**
 * The thread that waits for the disk. Whatever was asked while the last commit was under way is committed together with the
 * next one, so a busy class costs few flushes, a quiet one has no delay, and the server's own loop never waits.
 */
const writes: ReadonlySet<Operation> = new Set(['append', 'keep', 'put', 'piece', 'adopt', 'discard']);
const port = parentPort!;
const tables = openDatabase((workerData as { file: string }).file);

port.on('message', (first: Ask) => {
  const asked = [first];
  for (let next = receiveMessageOnPort(port); next && asked.length < 500; next = receiveMessageOnPort(port))
    asked.push(next.message as Ask);
  for (const reply of answerAll(asked)) port.postMessage(reply);
  if (asked.some(({ op }) => op === 'close')) {
    tables.close();
    port.close();
  }
});

function answerAll(asked: readonly Ask[]): Reply[] {
  let replies: Reply[] = [];
  const work = () => {
    replies = asked.map(({ id, op, ask }) => ({
      id,
      answer: op === 'close' ? undefined : (tables[op] as (ask: unknown) => unknown)(ask),
    }));
  };
  try {
    if (asked.some(({ op }) => writes.has(op))) tables.commit(work);
    else work();
    return replies;
  } catch (error) {
    // Nothing of this group is stored: everybody who asked must know.
    return asked.map(({ id }) => ({ id, error: String(error) }));
  }
}
