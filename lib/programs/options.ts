/**
 * Options of a command line, as getopt_long(3) reads them: `-abc`, `-n5`, `-n 5`, `--name`, `--name=value`, `--`. Options and
 * operands may be mixed unless the specification begins with `+`.
 */
import type { Run } from './run';

/** The command line was wrong. The one who started the applet says so and ends it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  constructor(
    /** What getopt says, without the program's name; empty when only the usage is to be shown. */
    readonly complaint = '',
    readonly exitCode?: number,
  ) {
    super(complaint);
  }
}

/** Wrong in a way that is told without the usage. */
export class Complaint extends UsageError {}

export class Options {
  readonly operands: string[] = [];
  readonly #values = new Map<string, string[]>();

  add(flag: string, value = ''): void {
    const before = this.#values.get(flag);
    // The order of options against each other matters to some: keep the last one last.
    this.#values.delete(flag);
    this.#values.set(flag, [...(before ?? []), value]);
  }

  /** Any of these one-letter flags (or one long name). */
  has(...flags: string[]): boolean {
    return flags.some((flag) => this.#values.has(flag));
  }

  count(flag: string): number {
    return this.#values.get(flag)?.length ?? 0;
  }

  value(flag: string): string | undefined {
    return this.#values.get(flag)?.at(-1);
  }

  all(flag: string): readonly string[] {
    return this.#values.get(flag) ?? [];
  }

  /** Of these flags the one given last. */
  last(...flags: string[]): string | undefined {
    return [...this.#values.keys()].filter((flag) => flags.includes(flag)).at(-1);
  }
}

/** Long names: `all: 'a'` is the same as `-a`; `color: 'color::'` is a flag of its own with an optional value. */
export type LongNames = Readonly<Record<string, string>>;

type Arity = 'none' | 'required' | 'optional';

export function parseOptions(run: Run, short: string, long: LongNames = {}, args = run.args): Options {
  return new Parser(run, short, long).parse(args);
}

class Parser {
  readonly options = new Options();
  readonly arity = new Map<string, Arity>();
  readonly stopAtOperand: boolean;

  constructor(
    readonly run: Run,
    short: string,
    readonly long: LongNames,
  ) {
    this.stopAtOperand = short.startsWith('+');
    for (const [, flag, colons] of short.replace(/^\+/, '').matchAll(/(.)(:{0,2})/gsu)) this.declare(flag!, colons!);
  }

  declare(flag: string, colons: string): void {
    this.arity.set(flag, colons === '::' ? 'optional' : colons === ':' ? 'required' : 'none');
  }

  parse(args: readonly string[]): Options {
    for (let at = 0; at < args.length; at++) {
      const word = args[at]!;
      if (word === '--') {
        this.options.operands.push(...args.slice(at + 1));
        break;
      }
      if (word === '-' || !word.startsWith('-')) {
        if (this.stopAtOperand) {
          this.options.operands.push(...args.slice(at));
          break;
        }
        this.options.operands.push(word);
      } else if (word.startsWith('--')) at += this.readLong(word.slice(2), args[at + 1]);
      else at += this.readShort(word.slice(1), args[at + 1]);
    }
    return this.options;
  }

  /** Answers how many further words it used. */
  readLong(word: string, next: string | undefined): number {
    const [name = '', inline] = splitOnce(word, '=');
    const full = this.complete(name);
    const [flag = '', own] = splitOnce(this.long[full] ?? '', ':');
    const arity: Arity = own === undefined ? (this.arity.get(flag) ?? 'none') : own === ':' ? 'optional' : 'required';
    if (arity === 'none') {
      if (inline !== undefined) throw new UsageError(`option '--${full}' doesn't allow an argument`);
      this.options.add(flag);
      return 0;
    }
    if (inline !== undefined || arity === 'optional') {
      this.options.add(flag, inline ?? '');
      return 0;
    }
    if (next === undefined) throw new UsageError(`option '--${full}' requires an argument`);
    this.options.add(flag, next);
    return 1;
  }

  complete(name: string): string {
    if (name in this.long) return name;
    const candidates = Object.keys(this.long).filter((known) => known.startsWith(name));
    if (name === 'help' && candidates.length === 0) throw new UsageError('', 0);
    if (candidates.length === 1) return candidates[0]!;
    throw new UsageError(`unrecognized option '--${name}'`);
  }

  readShort(letters: string, next: string | undefined): number {
    const characters = [...letters];
    for (const [at, flag] of characters.entries()) {
      const arity = this.arity.get(flag);
      if (arity === undefined) throw new UsageError(`invalid option -- '${flag}'`);
      if (arity === 'none') {
        this.options.add(flag);
        continue;
      }
      const rest = characters.slice(at + 1).join('');
      if (rest || arity === 'optional') {
        this.options.add(flag, rest);
        return 0;
      }
      if (next === undefined) throw new UsageError(`option requires an argument -- '${flag}'`);
      this.options.add(flag, next);
      return 1;
    }
    return 0;
  }
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
