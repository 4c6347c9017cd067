import { below, type Chance } from '../../lib/clock';
import { type RequestType, requests } from '../../lib/protocol';

/** What there is to aim at in the class under attack, and the numbers of typing that was taken long ago. */
export interface Target {
  readonly code: string;
  readonly id: string;
  readonly machines: readonly string[];
  readonly seats: readonly string[];
  readonly digest: string;
}

export interface Message {
  readonly type: string;
  readonly body: unknown;
}

export const pick = <T>(chance: Chance, from: readonly T[]): T => from[below(chance, from.length)]!;

/** A message as a page would send it, of any kind, about the target. */
export function wellFormed(chance: Chance, target: Target): Message {
  const type = pick(chance, Object.keys(requests) as RequestType[]);
  return { type, body: bodyOf(type, chance, target) };
}

function bodyOf(type: RequestType, chance: Chance, { code, machines, seats, digest }: Target): object {
  const machine = pick(chance, machines);
  const seat = pick(chance, seats);
  const size = { columns: 10 + below(chance, 490), rows: 3 + below(chance, 290) };
  const typed = {
    client: 'fuzzfuzz',
    seq: 1 + below(chance, 1000),
    data: pick(chance, ['ls\r', 'rm -rf /etc\r', '\x03', 'exit\r']),
  };
  const bodies: { [T in RequestType]: object } = {
    'class:open': { title: 'x'.repeat(1 + below(chance, 2000)) },
    'class:list': {},
    'class:end': { code },
    'class:lock': { code, locked: below(chance, 2) === 0 },
    'class:watch': { code, cursor: below(chance, 1000) },
    'board:watch': { code, cursors: { [machine]: below(chance, 1000) } },
    'image:check': { dockerfile: pick(chance, ['FROM busybox\nRUN echo', 'FROM\n', '\u0000', 'RUN <<EOF\n']) },
    'image:build': { code, reference: 'evil:1', dockerfile: 'FROM scratch\n', files: [] },
    'image:stop': { code },
    'image:publish': { code, reference: 'motd:1.0' },
    'seat:look': { code },
    'seat:take': { code, name: pick(chance, ['Eve', '\u202eevE', '<b>', 'x'.repeat(9000)]) },
    'seat:rename': { code, seat, name: 'Eve' },
    'seat:remove': { code, seat },
    'machine:watch': { code, machine, cursor: below(chance, 500) },
    'screen:watch': { code, cursor: below(chance, 500) },
    'terminal:open': { code, machine, terminal: pick(chance, ['main', 'other']), ...size },
    'terminal:type': { code, machine, terminal: 'main', ...typed },
    'terminal:resize': { code, machine, terminal: 'main', ...size },
    'editor:close': { code, machine, terminal: 'main', text: 'x' },
    'editor:draft': { code, machine, terminal: 'main', path: '/etc/motd', text: '<b>' },
    'page:link': { code, machine },
    'class:freeze': { code, frozen: true },
    'rules:set': { code, compare: false, names: false },
    'link:make': { code, kind: pick(chance, ['view', 'host']) },
    'links:revoke': { code },
    'hand:raise': { code },
    'hand:lower': { code, seat },
    'note:send': { code, to: pick(chance, ['host', 'all', seat]), text: 'hello' },
    'spotlight:move': { code, spotlight: { kind: 'seat', seat } },
    'look:ask': { code, seat },
    'look:grant': { code, typing: true },
    'look:end': { code, seat },
    'round:open': { code, lesson: 'first', step: 'one' },
    'round:answer': { code, option: 'a', sure: 'guess' },
    'round:reveal': { code },
    'round:close': { code },
    'everyone:run': { code, line: 'rm -rf /' },
    'everyone:give': { code, path: '../../etc/passwd', text: 'x', inside: true },
    'earlier:list': { code, machine, container: 'c'.repeat(64) },
    'earlier:last': { code, machine, container: 'c'.repeat(12) },
    'earlier:get': { code, machine, container: 'c'.repeat(64), version: pick(chance, [1, 7, 2 ** 52]) },
    'machine:undo': { code, seat },
    'machine:reset': { code, seat },
    'content:get': { code, digest: pick(chance, [digest, `sha256:${'0'.repeat(64)}`]) },
    'proof:report': { code, manifestDigest: digest, verified: 1, total: 1, ms: 1 },
  };
  // A key of before, one of one's own, or none.
  const key = pick(chance, [{}, { key: 'fuzz0000fuzz0000' }, { key: `fuzz${below(chance, 1e9)}aaaaaaaaaaaa` }]);
  return 'key' in requests[type].shape ? { ...bodies[type], ...key } : bodies[type];
}

const junk: readonly ((chance: Chance) => unknown)[] = [
  () => null,
  () => undefined,
  () => Number.NaN,
  () => -1,
  () => 1e308,
  () => 2 ** 53,
  () => '',
  () => '\u0000\ud800\u202e',
  () => '__proto__',
  () => [],
  () => ({}),
  () => [[[[]]]],
  () => ({ $ne: 1, __proto__: { role: 'host' }, constructor: 'x' }),
  () => JSON.parse('{"__proto__":{"host":{"id":"github:fuzzed"}},"length":1e9}'),
  () => new Uint8Array(20),
  () => nested(400),
  (chance) => 'A'.repeat(below(chance, 3000)),
  (chance) => `'; DROP TABLE batches; --${below(chance, 10)}`,
  (chance) => Array.from({ length: below(chance, 200) }, (_, at) => at),
  () => true,
];

function nested(depth: number): unknown {
  let inner: unknown = 1;
  for (let at = 0; at < depth; at++) inner = at % 2 ? [inner] : { a: inner };
  return inner;
}

const types = [
  '',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'class:changed',
  'seat:lost',
  'terminal:Type',
  'class:open ',
  'x'.repeat(500),
  'class:stale',
];

/** The same message, spoilt in one way or several. */
export function spoilt(chance: Chance, message: Message): Message {
  let { type, body } = message;
  for (let times = below(chance, 3); times >= 0; times--) {
    const how = below(chance, 7);
    const fields = { ...(body as Record<string, unknown>) };
    const names = Object.keys(fields);
    const name = names.length ? pick(chance, names) : 'code';
    if (how === 0) type = pick(chance, types);
    else if (how === 1) body = pick(chance, junk)(chance);
    else if (how === 2) {
      delete fields[name];
      body = fields;
    } else if (how === 6)
      body = {
        ...fields,
        ...(JSON.parse('{"__proto__":{"ok":true},"host":{"id":"x"},"role":"host"}') as object),
        [name]: pick(chance, junk)(chance),
      };
    else body = { ...fields, [name]: pick(chance, junk)(chance) };
  }
  return { type, body };
}

/** Whether the server would find its shape good. */
export function isWellFormed({ type, body }: Message): boolean {
  // As it will arrive: what JSON leaves out is not there.
  const arrived = body === undefined ? undefined : JSON.parse(JSON.stringify(body) ?? 'null');
  return Object.hasOwn(requests, type) && requests[type as RequestType].safeParse(arrived).success;
}
