/** What each redis command does to the keys. (redis.io/commands) */
import { matches } from '../../pattern';
import { encode } from '../text';
import { type Answer, kindOf, ok, type RedisStore, Wrong } from './redis-store';

type Verb = (store: RedisStore, args: readonly string[]) => Answer;

function whole(text: string | undefined): number {
  if (text === undefined || !/^-?\d+$/.test(text)) throw new Wrong('ERR value is not an integer or out of range');
  return Number(text);
}

function span(list: readonly string[], from: string | undefined, to: string | undefined): string[] {
  const at = (index: number) => (index < 0 ? Math.max(0, list.length + index) : index);
  return list.slice(at(whole(from)), at(whole(to)) + 1);
}

function add(store: RedisStore, key: string, by: number): Answer {
  const value = whole(store.text(key) ?? '0') + by;
  const entry = store.live(key);
  if (entry) entry.value = String(value);
  else store.entries.set(key, { value: String(value) });
  return value;
}

const set: Verb = (store, [key = '', value = '', ...options]) => {
  const words = options.map((word) => word.toUpperCase());
  const there = store.live(key);
  if ((words.includes('NX') && there) || (words.includes('XX') && !there)) return null;
  const at = words.findIndex((word) => word === 'EX' || word === 'PX');
  const life = at < 0 ? undefined : whole(options[at + 1]) * (words[at] === 'EX' ? 1000 : 1);
  store.entries.set(key, { value, ...(life !== undefined && { expires: store.now() + life }) });
  return ok;
};

const setMany: Verb = (store, args) => {
  for (let at = 0; at < args.length; at += 2) store.entries.set(args[at]!, { value: args[at + 1] ?? '' });
  return ok;
};

const setNew: Verb = (store, [key = '', value = '']) => (set(store, [key, value, 'NX']) === null ? 0 : 1);

const exchange: Verb = (store, [key = '', value = '']) => {
  const before = store.text(key) ?? null;
  set(store, [key, value]);
  return before;
};

const append: Verb = (store, [key = '', more = '']) => {
  const value = (store.text(key) ?? '') + more;
  set(store, [key, value]);
  return value.length;
};

const clear: Verb = (store) => {
  store.entries.clear();
  return ok;
};

const expire: Verb = (store, [key = '', seconds]) => {
  const entry = store.live(key);
  if (entry) entry.expires = store.now() + whole(seconds) * 1000;
  return entry ? 1 : 0;
};

const persist: Verb = (store, [key = '']) => {
  const entry = store.live(key);
  if (entry?.expires === undefined) return 0;
  delete entry.expires;
  return 1;
};

const timeLeft: Verb = (store, [key = '']) => {
  const entry = store.live(key);
  if (!entry) return -2;
  return entry.expires === undefined ? -1 : Math.ceil((entry.expires - store.now()) / 1000);
};

const rename: Verb = (store, [from = '', to = '']) => {
  const entry = store.live(from);
  if (!entry) throw new Wrong('ERR no such key');
  store.entries.delete(from);
  store.entries.set(to, entry);
  return ok;
};

function pop(end: 'shift' | 'pop'): Verb {
  return (store, [key = '']) => {
    const list = store.list(key);
    const value = list?.[end]() ?? null;
    if (list?.length === 0) store.entries.delete(key);
    return value;
  };
}

const setFields: Verb = (store, [key = '', ...pairs]) => {
  const hash = store.hash(key, true)!;
  const before = hash.size;
  for (let at = 0; at < pairs.length; at += 2) hash.set(pairs[at]!, pairs[at + 1] ?? '');
  return hash.size - before;
};

const addMembers: Verb = (store, [key = '', ...values]) => {
  const members = store.set(key, true)!;
  const before = members.size;
  for (const value of values) members.add(value);
  return members.size - before;
};

/** Removes from a hash or a set; an empty one is gone. */
function removeFrom(of: 'hash' | 'set'): Verb {
  return (store, [key = '', ...names]) => {
    const found = store[of](key);
    const count = names.filter((name) => found?.delete(name)).length;
    if (found?.size === 0) store.entries.delete(key);
    return count;
  };
}

/** How many words a command takes at least and at most, its own name apart; and whether it changes something. */
// biome-ignore format: one command a line
const verbs: Readonly<Record<string, readonly [least: number, most: number, writes: boolean, verb: Verb]>> = {
  PING: [0, 1, false, (_, [text]) => text ?? { ok: 'PONG' }],
  ECHO: [1, 1, false, (_, [text = '']) => text],
  SELECT: [1, 1, false, () => ok],
  GET: [1, 1, false, (store, [key = '']) => store.text(key) ?? null],
  SET: [2, 6, true, set],
  SETNX: [2, 2, true, setNew],
  SETEX: [3, 3, true, (store, [key = '', seconds = '', value = '']) => set(store, [key, value, 'EX', seconds])],
  GETSET: [2, 2, true, exchange],
  MSET: [2, 1000, true, setMany],
  MGET: [1, 1000, false, (store, args) => args.map((key) => store.text(key) ?? null)],
  APPEND: [2, 2, true, append],
  STRLEN: [1, 1, false, (store, [key = '']) => encode(store.text(key) ?? '').length],
  DEL: [1, 1000, true, (store, args) => args.filter((key) => store.live(key) && store.entries.delete(key)).length],
  EXISTS: [1, 1000, false, (store, args) => args.filter((key) => store.live(key)).length],
  TYPE: [1, 1, false, (store, [key = '']) => ({ ok: kindOf(store.live(key)?.value) })],
  INCR: [1, 1, true, (store, [key = '']) => add(store, key, 1)],
  DECR: [1, 1, true, (store, [key = '']) => add(store, key, -1)],
  INCRBY: [2, 2, true, (store, [key = '', by]) => add(store, key, whole(by))],
  DECRBY: [2, 2, true, (store, [key = '', by]) => add(store, key, -whole(by))],
  KEYS: [1, 1, false, (store, [pattern = '']) => store.keys().filter((key) => matches(pattern, key))],
  DBSIZE: [0, 0, false, (store) => store.keys().length],
  FLUSHALL: [0, 1, true, clear],
  FLUSHDB: [0, 1, true, clear],
  EXPIRE: [2, 3, true, expire],
  PERSIST: [1, 1, true, persist],
  TTL: [1, 1, false, timeLeft],
  RENAME: [2, 2, true, rename],
  LPUSH: [2, 1000, true, (store, [key = '', ...values]) => store.list(key, true)!.unshift(...values.reverse())],
  RPUSH: [2, 1000, true, (store, [key = '', ...values]) => store.list(key, true)!.push(...values)],
  LPOP: [1, 1, true, pop('shift')],
  RPOP: [1, 1, true, pop('pop')],
  LLEN: [1, 1, false, (store, [key = '']) => store.list(key)?.length ?? 0],
  LRANGE: [3, 3, false, (store, [key = '', from, to]) => span(store.list(key) ?? [], from, to)],
  LINDEX: [2, 2, false, (store, [key = '', index]) => store.list(key)?.at(whole(index)) ?? null],
  HSET: [3, 1000, true, setFields],
  HGET: [2, 2, false, (store, [key = '', field = '']) => store.hash(key)?.get(field) ?? null],
  HGETALL: [1, 1, false, (store, [key = '']) => [...(store.hash(key) ?? [])].flat()],
  HDEL: [2, 1000, true, removeFrom('hash')],
  HKEYS: [1, 1, false, (store, [key = '']) => [...(store.hash(key)?.keys() ?? [])]],
  HVALS: [1, 1, false, (store, [key = '']) => [...(store.hash(key)?.values() ?? [])]],
  HLEN: [1, 1, false, (store, [key = '']) => store.hash(key)?.size ?? 0],
  SADD: [2, 1000, true, addMembers],
  SREM: [2, 1000, true, removeFrom('set')],
  SMEMBERS: [1, 1, false, (store, [key = '']) => [...(store.set(key) ?? [])]],
  SISMEMBER: [2, 2, false, (store, [key = '', value = '']) => (store.set(key)?.has(value) ? 1 : 0)],
  SCARD: [1, 1, false, (store, [key = '']) => store.set(key)?.size ?? 0],
};

export function answerTo(store: RedisStore, [name = '', ...args]: readonly string[]): Answer {
  const known = verbs[name.toUpperCase()];
  if (!known)
    return {
      error: `ERR unknown command '${name}', with args beginning with: ${args.map((word) => `'${word}' `).join('')}`,
    };
  const [least, most, writes, verb] = known;
  if (args.length < least || args.length > most)
    return { error: `ERR wrong number of arguments for '${name.toLowerCase()}' command` };
  try {
    const answer = verb(store, args);
    if (writes) store.changes++;
    return answer;
  } catch (error) {
    if (error instanceof Wrong) return { error: error.message };
    throw error;
  }
}
