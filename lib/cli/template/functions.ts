import { goFormat, isTrue } from './value';

type Fn = (...args: unknown[]) => unknown;

/** Go's predefined functions, and those that Docker adds (docker/cli, templates/templates.go). */
const functions: Readonly<Record<string, Fn>> = {
  and: (...args) => args.find((arg) => !isTrue(arg)) ?? args.at(-1),
  or: (...args) => args.find((arg) => isTrue(arg)) ?? args.at(-1),
  not: (value) => !isTrue(value),
  len: (value) => lengthOf(value),
  index: (value, ...keys) => keys.reduce((inner: unknown, key) => indexInto(inner, key), value),
  slice: (value, from = 0, to) => sliceOf(value, from as number, to as number | undefined),
  print: (...args) => sprint(args),
  println: (...args) => `${args.map(goFormat).join(' ')}\n`,
  printf: (format, ...args) => sprintf(String(format), args),
  html: (...args) =>
    sprint(args).replace(
      /[&<>"']/g,
      (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' })[c]!,
    ),
  js: (...args) => JSON.stringify(sprint(args)).slice(1, -1),
  urlquery: (...args) => encodeURIComponent(sprint(args)).replace(/%20/g, '+'),
  call: () => {
    throw new Error('call of nil');
  },
  eq: (first, ...others) => others.some((other) => equal(first, other)),
  ne: (a, b) => !equal(a, b),
  lt: (a, b) => compare(a, b) < 0,
  le: (a, b) => compare(a, b) <= 0,
  gt: (a, b) => compare(a, b) > 0,
  ge: (a, b) => compare(a, b) >= 0,
  json: (value) => jsonText(value),
  split: (text, separator) => String(text).split(String(separator)),
  join: (list, separator) =>
    asList(list)
      .map((item) => goFormat(item))
      .join(String(separator)),
  title: (text) =>
    String(text).replace(/(^|[\s_-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase()),
  lower: (text) => text_('lower', text).toLowerCase(),
  upper: (text) => text_('upper', text).toUpperCase(),
  pad: (text, before, after) =>
    text === '' ? '' : ' '.repeat(Number(before)) + String(text) + ' '.repeat(Number(after)),
  truncate: (text, length) =>
    String(text).length < Number(length) ? String(text) : String(text).slice(0, Number(length)),
};

export const functionNames: readonly string[] = Object.keys(functions);

export function callFunction(name: string, args: readonly unknown[]): unknown {
  const [least, most] = arity[name] ?? [0, Infinity];
  if (args.length < least || args.length > most) {
    const want = most === Infinity ? `at least ${least}` : String(least);
    throw new Error(`wrong number of args for ${name}: want ${want} got ${args.length}`);
  }
  return functions[name]!(...args);
}

const arity: Readonly<Record<string, readonly [number, number]>> = {
  not: [1, 1],
  len: [1, 1],
  json: [1, 1],
  split: [2, 2],
  join: [2, 2],
  title: [1, 1],
  lower: [1, 1],
  upper: [1, 1],
  pad: [3, 3],
  truncate: [2, 2],
  index: [1, Infinity],
  eq: [2, Infinity],
  ne: [2, 2],
  lt: [2, 2],
  le: [2, 2],
  gt: [2, 2],
  ge: [2, 2],
  slice: [1, 4],
  and: [1, Infinity],
  or: [1, Infinity],
};

function text_(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Error(
    `wrong type for value; expected string; got ${typeof value === 'number' ? 'int' : typeof value === 'boolean' ? 'bool' : 'map[string]interface {}'}`.replace(
      /^/,
      name ? '' : '',
    ),
  );
}

function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value === null || value === undefined) return [];
  throw new Error(
    `wrong type for value; expected []string; got ${typeof value === 'string' ? 'string' : 'map[string]interface {}'}`,
  );
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return new TextEncoder().encode(value).length;
  if (Array.isArray(value)) return value.length;
  if (value !== null && typeof value === 'object') return Object.keys(value).length;
  throw new Error(
    value === null || value === undefined
      ? 'len of nil pointer'
      : `len of type ${typeof value === 'number' ? 'int' : 'bool'}`,
  );
}

function indexInto(value: unknown, key: unknown): unknown {
  if (value === null || value === undefined) throw new Error('index of untyped nil');
  if (Array.isArray(value)) {
    if (typeof key !== 'number') throw new Error(`cannot index slice/array with type ${typeof key}`);
    if (key < 0 || key >= value.length) throw new Error(`index out of range: ${key}`);
    return value[key];
  }
  if (typeof value === 'object') return (value as Record<string, unknown>)[String(key)];
  throw new Error(`can't index item of type ${typeof value === 'string' ? 'string' : 'int'}`);
}

function sliceOf(value: unknown, from: number, to?: number): unknown {
  if (typeof value === 'string' || Array.isArray(value)) {
    const end = to ?? value.length;
    if (from < 0 || from > value.length || end < from || end > value.length)
      throw new Error(`index out of range: ${end > value.length ? end : from}`);
    return value.slice(from, end);
  }
  throw new Error(`can't slice item of type map[string]interface {}`);
}

/** Spaces between operands when neither is a string, as fmt.Sprint. */
function sprint(args: readonly unknown[]): string {
  return args.reduce((text: string, arg, at) => {
    const spaced = at > 0 && typeof arg !== 'string' && typeof args[at - 1] !== 'string';
    return text + (spaced ? ' ' : '') + goFormat(arg);
  }, '');
}

function sprintf(format: string, args: readonly unknown[]): string {
  let next = 0;
  const text = format.replace(
    /%([-+ 0#]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g,
    (_, flags: string, width: string | undefined, precision: string | undefined, verb: string) => {
      if (verb === '%') return '%';
      if (next >= args.length) return `%!${verb}(MISSING)`;
      const body = verbText(verb, args[next++], precision === undefined ? undefined : Number(precision));
      if (width === undefined) return body;
      if (flags.includes('-')) return body.padEnd(Number(width));
      return body.padStart(Number(width), flags.includes('0') ? '0' : ' ');
    },
  );
  const extra = args.slice(next).map((arg) => `${typeof arg === 'string' ? 'string' : 'int'}=${goFormat(arg)}`);
  return extra.length ? `${text}%!(EXTRA ${extra.join(', ')})` : text;
}

function verbText(verb: string, value: unknown, precision: number | undefined): string {
  switch (verb) {
    case 'd':
      return typeof value === 'number'
        ? String(Math.trunc(value))
        : `%!d(${typeof value === 'string' ? 'string' : 'bool'}=${goFormat(value)})`;
    case 'q':
      return JSON.stringify(String(value));
    case 'x':
      return typeof value === 'number'
        ? value.toString(16)
        : [...new TextEncoder().encode(String(value))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    case 'f':
      return Number(value).toFixed(precision ?? 6);
    case 't':
      return String(value);
    case 's':
      return precision === undefined ? goFormat(value) : goFormat(value).slice(0, precision);
    default:
      return goFormat(value);
  }
}

function equal(a: unknown, b: unknown): boolean {
  if (a === null || b === null || a === undefined || b === undefined) return a === b;
  if (typeof a !== typeof b) throw new Error('incompatible types for comparison');
  if (typeof a === 'object') throw new Error('non-comparable type');
  return a === b;
}

function compare(a: unknown, b: unknown): number {
  if (typeof a !== typeof b) throw new Error('incompatible types for comparison');
  if (typeof a === 'number') return a - (b as number);
  if (typeof a === 'string') return a < (b as string) ? -1 : a > (b as string) ? 1 : 0;
  throw new Error('invalid type for comparison');
}

/** Go's encoder without HTML escapes, as Docker sets it up. */
function jsonText(value: unknown): string {
  return JSON.stringify(jsonable(value));
}

/** Rows are objects with methods: their JSON is what the methods answer. */
function jsonable(value: unknown): unknown {
  if (value === undefined) return null;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(jsonable);
  if (typeof (value as { goJson?: unknown }).goJson === 'function') return (value as { goJson(): unknown }).goJson();
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, jsonable(typeof item === 'function' ? item.call(value) : item)]),
  );
}
