import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Digest, digestOf } from '../../../lib/content';
import { Failure, refused } from '../../../lib/errors';
import { pieceBytes, type Store } from '../blob-store';
import { PieceSink } from '../piece-sink';
import { startThread } from '../thread';
import type { Operation, Operations, Reply } from './messages';

/** One file on this computer's disk, written by a thread of its own. */
export function openEmbedded(file: string): Store {
  mkdirSync(dirname(file), { recursive: true });
  const { ask, ended } = openThread(file);
  return {
    log: {
      append: (stream, expected, events) =>
        ask('append', { stream, expected, events: events.map((event) => JSON.stringify(event)) }),
      async read(stream, after, limit = Number.MAX_SAFE_INTEGER - 1) {
        const { upTo, events } = await ask('read', { stream, after, limit });
        return { upTo, events: events.map((text) => JSON.parse(text)) };
      },
      version: (stream) => ask('version', { stream }),
      keep: (stream, version, state) => ask('keep', { stream, version, state: JSON.stringify(state) }),
      async kept(stream, upTo = Number.MAX_SAFE_INTEGER) {
        const found = await ask('kept', { stream, upTo });
        return found && { version: found.version, state: JSON.parse(found.state as string) };
      },
    },
    blobs: {
      async put(bytes) {
        const digest = digestOf(bytes);
        if (!(await ask('has', { digest }))) await ask('put', { digest, bytes });
        return digest;
      },
      async get(digest) {
        const bytes = await ask('get', { digest });
        return bytes && checked(digest, bytes);
      },
      has: (digest) => ask('has', { digest }),
      size: (digest) => ask('size', { digest }),
      async *read(digest) {
        const size = await ask('size', { digest });
        if (size === undefined) throw new Failure('not-found', `blob ${digest} is not in the store`);
        for (let at = 0; at * pieceBytes < size; at++) {
          const part = await ask('part', { digest, at });
          if (!part) throw new Failure('corrupt', `the stored bytes of ${digest} end too soon`);
          yield part;
        }
      },
      sink: () =>
        new PieceSink({
          write: (of, at, bytes) => ask('piece', { of, at, bytes }),
          adopt: (blobs) => ask('adopt', { blobs }),
          discard: (of) => ask('discard', { of }),
        }),
    },
    async close() {
      await ask('close', {});
      await ended;
    },
  };
}

function checked(digest: Digest, bytes: Uint8Array): Uint8Array {
  if (digestOf(bytes) === digest) return bytes;
  throw new Failure('corrupt', `the stored bytes of ${digest} have another digest`);
}

function openThread(file: string) {
  const thread = startThread('store-worker', import.meta.url, { file });
  const waiting = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();
  let broken: Error | undefined;
  let id = 0;
  const fail = (error: Error) => {
    broken ??= error;
    for (const { reject } of waiting.values()) reject(broken);
    waiting.clear();
  };
  thread.on('message', (reply: Reply) => {
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.error === undefined) asked?.resolve(reply.answer);
    else asked?.reject(refused('store.failed', { why: `the store could not write: ${reply.error}` }));
  });
  thread.on('error', (error) => fail(refused('store.failed', { why: `the store's thread ended: ${String(error)}` })));
  const ended = new Promise<void>((resolve) =>
    thread.on('exit', () => {
      fail(refused('store.failed', { why: 'the store is closed' }));
      resolve();
    }),
  );
  const ask = <O extends Operation>(op: O, body: Operations[O]['ask']): Promise<Operations[O]['answer']> =>
    new Promise((resolve, reject) => {
      if (broken) return reject(broken);
      waiting.set(++id, { resolve: resolve as (answer: unknown) => void, reject });
      thread.postMessage({ id, op, ask: body });
    });
  return { ask, ended };
}
