/** awk's own functions. */
import { type Chance, seeded } from '../../clock';
import { formatTime } from '../calendar';
import type { Evaluator } from './evaluate';
import { isTarget } from './expressions';
import { format } from './format';
import { split } from './splitting';
import { nameOf, type State } from './state';
import { awaited, type Steps } from './steps';
import { replacementOf, substitute } from './substitution';
import type { Expression } from './tree';
import { Numeric, read, type Value } from './values';

type Builtin = (at: Evaluator, args: readonly Expression[]) => Steps<Value> | number;

export function* callBuiltin(at: Evaluator, name: string, args: readonly Expression[]): Steps<Value> {
  const result = table[name]!(at, args);
  return typeof result === 'number' ? result : yield* result;
}

/** Of one number. */
const numeric = (calculate: (value: number) => number): Builtin =>
  function* (at, [only]) {
    return calculate(only ? yield* at.number(only) : 0);
  };

/** Of one text. */
const textual = (change: (text: string) => string): Builtin =>
  function* (at, [only]) {
    return change(only ? yield* at.text(only) : '');
  };

const bits = (combine: (a: bigint, b: bigint) => bigint): Builtin =>
  function* (at, args) {
    const values: bigint[] = [];
    for (const one of args) values.push(BigInt.asUintN(64, BigInt(Math.trunc(yield* at.number(one)))));
    return Number(BigInt.asUintN(64, values.reduce(combine)));
  };

const asciiUpper = (text: string) => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
const asciiLower = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

const length: Builtin = function* (at, [only]) {
  if (only && (only.kind === 'global' || only.kind === 'local')) {
    const { held } = at.slot(only);
    if (held instanceof Map) return held.size;
  }
  return (only ? yield* at.text(only) : at.state.fields.text).length;
};

/** The start is where the text begins at the earliest; how many there are is not less for that. */
const substr: Builtin = function* (at, [whole, start, count]) {
  const text = yield* at.text(whole!);
  const from = Math.max(0, Math.trunc(start ? yield* at.number(start) : 1) - 1) || 0;
  if (!count) return text.slice(from);
  return text.slice(from, from + Math.max(0, Math.trunc(yield* at.number(count)) || 0));
};

const index: Builtin = function* (at, [whole, part]) {
  const [text, wanted] = [yield* at.text(whole!), yield* at.text(part!)];
  return wanted === '' && !at.state.gnu ? 0 : text.indexOf(wanted) + 1;
};

const splitInto: Builtin = function* (at, [whole, into, by]) {
  const text = yield* at.text(whole!);
  if (into?.kind !== 'global' && into?.kind !== 'local') throw at.state.fault('array');
  const separator =
    by?.kind === 'regex'
      ? ({ kind: 'regex', regex: at.state.regex(by.pattern) } as const)
      : at.state.separator(by && (yield* at.text(by)));
  const array = at.array(into);
  array.clear();
  const parts = split(text, separator);
  for (const [place, part] of parts.entries()) array.set(String(place + 1), read(part));
  return parts.length;
};

const match: Builtin = function* (at, [whole, pattern]) {
  const text = yield* at.text(whole!);
  const found = (yield* at.regex(pattern!)).exec(text);
  at.state.put('RSTART', found ? found.index + 1 : 0);
  at.state.put('RLENGTH', found ? found.end - found.index : -1);
  return found ? found.index + 1 : 0;
};

const substitution = (which: 1 | 'all'): Builtin =>
  function* (at, [pattern, put, target]) {
    const regex = yield* at.regex(pattern!);
    const replacement = replacementOf(yield* at.text(put!));
    const place = target && isTarget(target) ? yield* at.place(target) : undefined;
    const before = place ? at.state.text(place.get()) : target ? yield* at.text(target) : at.state.fields.text;
    const { text, count } = substitute(before, regex, replacement, which, !at.state.gnu);
    if (count > 0 && place) place.set(text);
    else if (count > 0 && !target) at.state.record(text);
    return count;
  };

const gensub: Builtin = function* (at, [pattern, put, how, target]) {
  const regex = yield* at.regex(pattern!);
  const replacement = replacementOf(yield* at.text(put!), true);
  const which = how ? yield* at.value(how) : undefined;
  const text = target ? yield* at.text(target) : at.state.fields.text;
  const all = typeof which === 'string' && /^g/i.test(which);
  return substitute(text, regex, replacement, all ? 'all' : Math.max(1, at.state.number(which)), true).text;
};

/** What a `printf` prints. */
export function* formatted(at: Evaluator, args: readonly Expression[]): Steps<string> {
  const template = args[0] ? yield* at.text(args[0]) : '';
  const values: Value[] = [];
  for (const one of args.slice(1)) values.push(yield* at.value(one));
  return fill(at.state, template, values);
}

function fill(state: State, template: string, values: Value[]): string {
  const next = (): Value => {
    if (values.length === 0 && state.gnu) throw state.fault('few', `printf("${template}")`);
    return values.shift();
  };
  const given = {
    number: () => state.number(next()),
    text: () => state.text(next()),
    character: () => characterOf(next()),
    star: () => {
      if (!state.gnu) throw state.fault('star');
      return Math.trunc(state.number(next()));
    },
  };
  return format(template, given, state.gnu);
}

function characterOf(value: Value): string {
  if (typeof value === 'string') return value[0] ?? '\0';
  return String.fromCharCode((value instanceof Numeric ? value.value : (value ?? 0)) & 0xff);
}

// Chance

interface Luck {
  seed: number;
  chance: Chance;
}

const lucks = new WeakMap<State, Luck>();

/** busybox always begins with the same numbers, mawk never. */
function luckOf(state: State): Luck {
  const known = lucks.get(state);
  if (known) return known;
  const seed = state.gnu ? wordOf(state.run.process.system.chance) : 1;
  const luck = { seed, chance: seeded(seed) };
  lucks.set(state, luck);
  return luck;
}

const wordOf = (chance: Chance) => chance.bytes(4).reduce((sum, byte) => sum * 256 + byte, 0);

const srand: Builtin = function* (at, [only]) {
  const luck = luckOf(at.state);
  const before = luck.seed;
  luck.seed = only ? yield* at.number(only) : Math.floor(at.state.run.now() / 1000);
  luck.chance = seeded(luck.seed | 0);
  return before;
};

// Surroundings

const close: Builtin = function* (at, [only]) {
  return yield* awaited(at.state.streams.close(nameOf(yield* at.text(only!))));
};

const system: Builtin = function* (at, [only]) {
  return yield* awaited(at.state.streams.system(nameOf(yield* at.text(only!))));
};

const fflush: Builtin = function* (at) {
  yield* awaited(at.state.streams.flush());
  return 0;
};

const seconds = (at: Evaluator) => Math.floor(at.state.run.now() / 1000);

const strftime: Builtin = function* (at, [how, when]) {
  const template = how ? yield* at.text(how) : '%a %b %e %H:%M:%S %Z %Y';
  const time = when ? yield* at.number(when) : seconds(at);
  return formatTime(template, BigInt(Math.trunc(time)) * 1_000_000_000n);
};

const mktime: Builtin = function* (at, [only]) {
  const [year, month, day, hour, minute, second] = (yield* at.text(only!)).trim().split(/\s+/).map(Number);
  const time = Date.UTC(year!, month! - 1, day, hour, minute, second) / 1000;
  return Number.isFinite(time) ? time : -1;
};

const table: Readonly<Record<string, Builtin>> = {
  and: bits((a, b) => a & b),
  *atan2(at, [y, x]) {
    return Math.atan2(yield* at.number(y!), x ? yield* at.number(x) : 0);
  },
  close,
  *compl(at, [only]) {
    return Number(BigInt.asUintN(64, ~BigInt(Math.trunc(yield* at.number(only!)))));
  },
  cos: numeric(Math.cos),
  exp: numeric(Math.exp),
  fflush,
  gensub,
  gsub: substitution('all'),
  index,
  int: numeric(Math.trunc),
  length,
  log: numeric(Math.log),
  lshift: bits((a, b) => a << b),
  match,
  mktime,
  or: bits((a, b) => a | b),
  rand: (at) => wordOf(luckOf(at.state).chance) / 2 ** 32,
  rshift: bits((a, b) => a >> b),
  sin: numeric(Math.sin),
  split: splitInto,
  sprintf: formatted,
  sqrt: numeric(Math.sqrt),
  srand,
  strftime,
  sub: substitution(1),
  substr,
  system,
  systime: (at) => seconds(at),
  tolower: textual(asciiLower),
  toupper: textual(asciiUpper),
  xor: bits((a, b) => a ^ b),
};
