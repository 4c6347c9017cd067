/** Where awk keeps values: slots of variables, and arrays of values by text. */
import { AwkFault } from './fault';
import type { Value } from './values';

export type AwkArray = Map<string, Value>;

/** In the order that `for (key in array)` takes: that of the real one's table of lists, each with the newest first. */
export function keysOf(array: AwkArray, gnu: boolean): string[] {
  const lists = Array.from({ length: gnu ? 64 : 61 }, (): string[] => []);
  const hash = gnu ? fnv : shifted;
  for (const key of [...array.keys()].reverse()) lists[hash(key) % lists.length]!.push(key);
  return lists.flat();
}

/** mawk's (FNV-1a). */
function fnv(key: string): number {
  let sum = 2166136261;
  for (let at = 0; at < key.length; at++) sum = Math.imul(sum ^ key.charCodeAt(at), 16777619);
  return sum >>> 0;
}

/** busybox's. */
function shifted(key: string): number {
  let sum = 0;
  for (let at = 0; at < key.length; at++) sum = (key.charCodeAt(at) + (sum << 1) + (sum >>> 31)) >>> 0;
  return sum;
}

/** A variable. What was never used can still become either kind; in the caller too, if it was handed on from there. */
export class Slot {
  #held: Value | AwkArray;

  constructor(
    held?: Value | AwkArray,
    /** The caller's variable, when it was of no kind yet. */
    readonly from?: Slot,
  ) {
    this.#held = held;
  }

  get held(): Value | AwkArray {
    return this.#held;
  }

  /** An array's is nothing. */
  value(): Value {
    return this.#held instanceof Map ? undefined : this.#held;
  }

  assign(value: Value): void {
    this.#held = value;
  }

  /** `name` and `line` say in an error whose it is. */
  array(name = '', line = 0): AwkArray {
    if (this.#held instanceof Map) return this.#held;
    if (this.#held !== undefined) throw new AwkFault('array', line, name);
    const array: AwkArray = this.from ? this.from.array(name, line) : new Map();
    this.#held = array;
    return array;
  }
}

/** A variable that something else stands behind: NF. */
export class Watched extends Slot {
  constructor(
    readonly get: () => Value,
    readonly set: (value: Value) => void,
  ) {
    super();
  }

  override value(): Value {
    return this.get();
  }

  override assign(value: Value): void {
    this.set(value);
  }
}

export class Globals {
  readonly #slots = new Map<string, Slot>();

  of(name: string): Slot {
    let slot = this.#slots.get(name);
    if (!slot) this.#slots.set(name, (slot = new Slot()));
    return slot;
  }

  watch(name: string, slot: Watched): void {
    this.#slots.set(name, slot);
  }
}
