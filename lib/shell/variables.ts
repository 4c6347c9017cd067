/** Variables with their attributes, and what `local` hides. */
export interface Variable {
  /** Undefined: declared (exported, readonly, local) but not set. */
  readonly value: string | undefined;
  readonly exported: boolean;
  readonly readonly: boolean;
  /** bash's arrays: elements by index or, when associative, by key. `value` is then unused. */
  readonly elements?: Map<string, string>;
  readonly associative?: boolean;
}

type Hidden = Map<string, Variable | undefined>;

const unset: Variable = { value: undefined, exported: false, readonly: false };

/** Of all values of one shell. */
const mostCharacters = 32 * 1024 * 1024;

export class TooLarge {}

export class ReadOnly {
  constructor(readonly name: string) {}
}

export class Variables {
  readonly #all: Map<string, Variable>;
  #frames: Hidden[] = [];
  /** Characters of the values that were set. */
  #size = 0;
  /** Values that are made when asked for: RANDOM, LINENO… */
  dynamic: (name: string) => string | undefined = () => undefined;

  constructor(from?: Variables) {
    this.#size = from ? from.#size : 0;
    // A subshell and its parent share each variable until one of them sets it.
    this.#all = new Map(from ? from.#all : []);
    this.#all.forEach((one, name) => {
      if (one.elements) this.#all.set(name, copyOf(one));
    });
  }

  entries(): Iterable<readonly [string, Variable]> {
    return this.#all.entries();
  }

  names(): string[] {
    return [...this.#all.keys()];
  }

  get(name: string): string | undefined {
    const made = this.dynamic(name);
    const found = this.#all.get(name);
    return made ?? (found?.elements ? found.elements.get('0') : found?.value);
  }

  attributes(name: string): Variable | undefined {
    return this.#all.get(name);
  }

  /** Throws ReadOnly, and TooLarge when all values together would take more than a shell may keep. */
  set(name: string, value: string): void {
    const found = this.#all.get(name);
    const size = this.#size + value.length - (found?.value?.length ?? 0);
    if (size > mostCharacters) throw new TooLarge();
    this.#size = size;
    if (!found) this.#all.set(name, { value, exported: false, readonly: false });
    else if (found.readonly) throw new ReadOnly(name);
    else if (found.elements) found.elements.set('0', value);
    else this.#all.set(name, { ...found, value });
  }

  /** Makes it an array if it is none. Throws ReadOnly. */
  elements(name: string, associative = false): Map<string, string> {
    const found = this.#all.get(name) ?? unset;
    if (found.readonly) throw new ReadOnly(name);
    const elements = found.elements ?? new Map(found.value === undefined ? [] : [['0', found.value]]);
    if (!found.elements || associative)
      this.#all.set(name, { ...found, elements, ...(associative && { associative }) });
    return elements;
  }

  mark(name: string, attribute: 'exported' | 'readonly', on = true): void {
    this.#all.set(name, { ...(this.#all.get(name) ?? unset), [attribute]: on });
  }

  unset(name: string): void {
    if (this.#all.get(name)?.readonly) throw new ReadOnly(name);
    this.#all.delete(name);
  }

  /** What a program that is started now gets; with `hashed` in ash's order, which `env` shows. */
  environment(hashed: boolean): Record<string, string> {
    const exported = [...this.#all].filter(([, one]) => one.exported && one.value !== undefined);
    if (hashed) exported.sort(([a], [b]) => bucketOf(a) - bucketOf(b));
    return Object.fromEntries(exported.map(([name, one]) => [name, one.value!]));
  }

  // Functions

  get inFunction(): boolean {
    return this.#frames.length > 0;
  }

  enter(): void {
    this.#frames.push(new Map());
  }

  leave(): void {
    for (const [name, hidden] of this.#frames.pop() ?? []) this.restore(name, hidden);
  }

  /** Makes a name local to the present function; it keeps its value until set (ash), its attributes in any case. */
  hide(name: string, keep: boolean): void {
    const frame = this.#frames.at(-1);
    if (!frame || frame.has(name)) return;
    const found = this.#all.get(name);
    if (found?.readonly) throw new ReadOnly(name);
    frame.set(name, found);
    this.#all.set(name, {
      value: keep ? found?.value : undefined,
      exported: found?.exported ?? false,
      readonly: false,
    });
  }

  save(name: string): Variable | undefined {
    const found = this.#all.get(name);
    return found && copyOf(found);
  }

  restore(name: string, saved: Variable | undefined): void {
    if (saved) this.#all.set(name, saved);
    else this.#all.delete(name);
  }
}

function copyOf(one: Variable): Variable {
  return one.elements ? { ...one, elements: new Map(one.elements) } : { ...one };
}

/** The place of a name in ash's table of 39 lists (shell/ash.c, hashvar). */
function bucketOf(name: string): number {
  let hash = name.charCodeAt(0) << 4;
  for (let at = 0; at < name.length; at++) hash += name.charCodeAt(at);
  return hash % 39;
}
