import { createClient, RESP_TYPES } from 'redis';
import { type Digest, digestOf } from '../../../lib/content';
import { Failure, refused } from '../../../lib/errors';
import { pieceBytes, type Store } from '../blob-store';
import { type Appended, rungOf, rungs } from '../event-log';
import { PieceSink, type Pieces } from '../piece-sink';

/**
 * Streams in Redis, for several nodes of one school. An entry is one append; its id is `VERSION-0` of its first event, and
 * Redis accepts only growing ids, so the second of two writers is refused by Redis itself. The script looks besides that no
 * number is left out (a Redis that was restored from an older copy). It is as durable as that Redis is told to be:
 * `appendonly yes` and `appendfsync always` lose nothing that was acknowledged.
 */
const appendScript = `
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
local version = 0
if #last > 0 then
  version = tonumber(string.match(last[1][1], '^%d+')) + tonumber(last[1][2][2]) - 1
end
if version ~= tonumber(ARGV[1]) then return {0, version} end
local count = tonumber(ARGV[2])
if count > 0 then
  redis.call('XADD', KEYS[1], (version + 1) .. '-0', 'count', ARGV[2], 'events', ARGV[3])
end
return {1, version + count}
`;

/** A ladder is a hash: field `v` and a rung is a version, `s` and a rung the state; `top` is the highest rung. */
const keepScript = `
local rung = tonumber(ARGV[3])
local top = math.max(rung, tonumber(redis.call('HGET', KEYS[1], 'top') or '0'))
if rung < top - tonumber(ARGV[4]) then return 0 end
local now = tonumber(redis.call('HGET', KEYS[1], 'v' .. rung) or '-1')
if tonumber(ARGV[1]) > now then redis.call('HSET', KEYS[1], 'top', top, 'v' .. rung, ARGV[1], 's' .. rung, ARGV[2]) end
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  local old = tonumber(string.match(field, '^[vs](%d+)$'))
  if old and old < top - tonumber(ARGV[4]) then redis.call('HDEL', KEYS[1], field) end
end
return 1
`;

const keptScript = `
local top = tonumber(redis.call('HGET', KEYS[1], 'top') or '-1')
for rung = math.min(top, tonumber(ARGV[2])), math.max(0, top - tonumber(ARGV[3])), -1 do
  local version = redis.call('HGET', KEYS[1], 'v' .. rung)
  if version and tonumber(version) <= tonumber(ARGV[1]) then
    return {version, redis.call('HGET', KEYS[1], 's' .. rung)}
  end
end
return false
`;

/** An import that says nothing for so long is forgotten, for instance when its server has ended. */
const importSeconds = 3600;

/** Keys: `dockerland:stream:NAME`, `dockerland:ladder:NAME`, `dockerland:blob:DIGEST`; `dockerland:import:NAME` while it comes in. */
const key = (kind: 'stream' | 'ladder' | 'blob' | 'import', name: string) => `dockerland:${kind}:${name}`;

export async function openRedis(url: string): Promise<Store> {
  const client = createClient({ url });
  client.on('error', (error) => console.error(`redis: ${String(error)}`));
  await client.connect();
  const binary = client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
  const lastEntry = async (stream: string) =>
    (await client.xRevRange(key('stream', stream), '+', '-', { COUNT: 1 }))?.[0];

  const log: Store['log'] = {
    async append(stream, expected, events) {
      const args = [String(expected), String(events.length), JSON.stringify(events)];
      const answer = await client.eval(appendScript, { keys: [key('stream', stream)], arguments: args });
      const [ok, version] = answer as [number, number];
      return { ok: ok === 1, version } as Appended;
    },
    async read(stream, after, limit = Number.MAX_SAFE_INTEGER) {
      // The entry that holds `after + 1` begins at or before it.
      const start = (await client.xRevRange(key('stream', stream), `${after + 1}-0`, '-', { COUNT: 1 }))?.[0];
      const events: never[] = [];
      for (let from = start?.id ?? '-'; events.length < limit; ) {
        const entries = (await client.xRange(key('stream', stream), from, '+', { COUNT: 200 })) ?? [];
        for (const { id, message } of entries) {
          const first = Number.parseInt(id, 10);
          events.push(...((JSON.parse(message.events!) as never[]).slice(Math.max(0, after + 1 - first)) as never[]));
        }
        const last = entries.at(-1);
        if (!last || entries.length < 200) break;
        from = `(${last.id}`;
      }
      return { upTo: after + Math.min(events.length, limit), events: events.slice(0, limit) };
    },
    async version(stream) {
      const last = await lastEntry(stream);
      return last ? Number.parseInt(last.id, 10) + Number(last.message.count) - 1 : 0;
    },
    async keep(stream, version, state) {
      const args = [String(version), JSON.stringify(state), String(rungOf(version)), String(rungs.most)];
      await client.eval(keepScript, { keys: [key('ladder', stream)], arguments: args });
    },
    async kept(stream, upTo = Number.MAX_SAFE_INTEGER) {
      const args = [String(upTo), String(rungOf(upTo)), String(rungs.most)];
      const found = await client.eval(keptScript, { keys: [key('ladder', stream)], arguments: args });
      const [version, state] = (found as [string, string] | null) ?? [];
      return version && state ? { version: Number(version), state: JSON.parse(state) } : undefined;
    },
  };
  const pieces: Pieces = {
    async write(of, _, bytes) {
      await client.append(key('import', of), Buffer.from(bytes));
      await client.expire(key('import', of), importSeconds);
    },
    async adopt(blobs) {
      for (const { of, size } of blobs)
        if ((await client.strLen(key('import', of))) !== size)
          throw refused('store.failed', { why: 'the store lost a part of this import' });
      const all = client.multi();
      for (const { of, digest, size } of blobs) {
        if (size === 0) all.set(key('blob', digest), '', { condition: 'NX' });
        else all.persist(key('import', of)).renameNX(key('import', of), key('blob', digest)).del(key('import', of));
      }
      await all.exec();
    },
    discard: (of) => client.del(of.map((name) => key('import', name))),
  };
  return {
    log,
    blobs: {
      async put(bytes) {
        const digest = digestOf(bytes);
        await client.set(key('blob', digest), Buffer.from(bytes), { condition: 'NX' });
        return digest;
      },
      async get(digest: Digest) {
        const bytes = (await binary.get(key('blob', digest))) as Buffer | null;
        if (bytes === null) return undefined;
        if (digestOf(bytes) !== digest)
          throw new Failure('corrupt', `the stored bytes of ${digest} have another digest`);
        return new Uint8Array(bytes);
      },
      has: async (digest) => (await client.exists(key('blob', digest))) === 1,
      async size(digest) {
        const [there, size] = await Promise.all([
          client.exists(key('blob', digest)),
          client.strLen(key('blob', digest)),
        ]);
        return there ? size : undefined;
      },
      async *read(digest) {
        const size = await client.strLen(key('blob', digest));
        if (!size && !(await client.exists(key('blob', digest))))
          throw new Failure('not-found', `blob ${digest} is not in the store`);
        for (let at = 0; at < size; at += pieceBytes)
          yield new Uint8Array(
            (await binary.getRange(key('blob', digest), at, at + pieceBytes - 1)) as unknown as Buffer,
          );
      },
      sink: () => new PieceSink(pieces),
    },
    close: async () => void (await client.close()),
  };
}
