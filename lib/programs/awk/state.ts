/** What an awk program has while it runs: variables, the record it is at, and where its next one comes from. */
import { FsError } from '../../fs';
import type { Regex } from '../../pattern';
import type { Run } from '../run';
import { encode, fromLatin1, latin1 } from '../text';
import { AwkFault } from './fault';
import { Fields } from './fields';
import { format, unusual } from './format';
import type { RecordEnd, Records } from './records';
import { Regexes } from './regexes';
import { type Separator, separatorOf } from './splitting';
import { awaited, type Steps } from './steps';
import { Streams } from './streams';
import { unescaped } from './tokens';
import { leadingNumber, Numeric, read, type Value } from './values';
import { Globals, type Slot, Watched } from './variables';

/** A file of the command line cannot be read: that ends the program. */
export class InputFailure extends Error {
  override readonly name = 'InputFailure';
  constructor(
    readonly path: string,
    readonly reason: FsError,
  ) {
    super(reason.message);
  }
}

/** A text of ours as awk's bytes, and back. */
export const bytesOf = (text: string): string => latin1(encode(text));
export const nameOf = (bytes: string): string => new TextDecoder().decode(fromLatin1(bytes));

export class State {
  readonly globals = new Globals();
  readonly regexes: Regexes;
  readonly streams: Streams;
  readonly fields: Fields;
  readonly gnu: boolean;
  /** Of the statement that runs. */
  line = 1;
  readonly #slots: Readonly<Record<string, Slot>>;
  #current: Records | undefined;
  #argument = 1;
  #named = false;

  constructor(
    readonly run: Run,
    readonly program: string,
  ) {
    this.gnu = run.gnu;
    this.regexes = new Regexes(this.gnu);
    this.streams = new Streams(run);
    const slots: Record<string, Slot> = {};
    for (const name of specialNames) slots[name] = this.globals.of(name);
    this.#slots = slots;
    this.fields = new Fields(
      (value) => this.text(value),
      () => this.text(this.special('OFS')),
    );
    this.globals.watch(
      'NF',
      new Watched(
        () => this.fields.count,
        (value) => this.fields.setCount(this.number(value)),
      ),
    );
    for (const [name, value] of Object.entries(beginnings)) this.globals.of(name).assign(value);
  }

  special(name: string): Value {
    return this.#slots[name]!.value();
  }

  put(name: string, value: Value): void {
    this.#slots[name]!.assign(value);
  }

  number(value: Value): number {
    if (typeof value === 'number') return value;
    if (value === undefined) return 0;
    return value instanceof Numeric ? value.value : leadingNumber(value, this.gnu);
  }

  /** As a string; `how` names the format for what is no whole number. */
  text(value: Value, how: 'CONVFMT' | 'OFMT' = 'CONVFMT'): string {
    if (typeof value === 'string') return value;
    if (value === undefined) return '';
    return value instanceof Numeric ? value.text : this.#numeral(value, how);
  }

  #numeral(value: number, how: 'CONVFMT' | 'OFMT'): string {
    if (!Number.isFinite(value)) return unusual(value, this.gnu);
    if (Number.isInteger(value) && Math.abs(value) < (this.gnu ? 2 ** 64 : 2 ** 63)) return BigInt(value).toString();
    const template = this.#slots[how]!.held;
    const args = { number: () => value, text: () => String(value), character: () => '', star: () => 0 };
    return format(typeof template === 'string' ? template : '%.6g', args, this.gnu);
  }

  get ignoreCase(): boolean {
    return !this.gnu && this.number(this.special('IGNORECASE')) !== 0;
  }

  regex(pattern: string): Regex {
    return this.regexes.of(pattern, this.ignoreCase);
  }

  /** One that a text says: what is none is a basic one to busybox, in which `+` and `(` are themselves. */
  dynamic(pattern: string): Regex {
    return this.regexes.of(pattern, this.ignoreCase, !this.gnu);
  }

  separator(text = this.text(this.special('FS'))): Separator {
    return separatorOf(text, this.regexes, this.ignoreCase, this.text(this.special('RS')) === '');
  }

  record(text: string): void {
    this.fields.become(text, this.separator());
  }

  recordEnd(): RecordEnd {
    const text = this.text(this.special('RS'));
    if (text === '') return { kind: 'paragraph' };
    return text.length === 1 ? { kind: 'character', character: text } : { kind: 'regex', regex: this.regex(text) };
  }

  /** `name=value` of the command line. */
  assign(word: string): void {
    const at = word.indexOf('=');
    this.globals.of(word.slice(0, at)).assign(read(unescaped(bytesOf(word.slice(at + 1)), this.gnu)));
  }

  count(name: 'NR' | 'FNR'): void {
    this.put(name, this.number(this.special(name)) + 1);
  }

  /** The next record of the files that the command line names. Throws an InputFailure. */
  *next(): Steps<string | undefined> {
    for (;;) {
      this.#current ??= yield* awaited(this.#open());
      if (!this.#current) return undefined;
      const record = yield* this.#current.next(this.recordEnd());
      if (record !== undefined) {
        this.count('NR');
        this.count('FNR');
        return record;
      }
      this.skipFile();
    }
  }

  skipFile(): void {
    this.#current?.close();
    this.#current = undefined;
  }

  async #open(): Promise<Records | undefined> {
    const args = this.globals.of('ARGV').array();
    for (; this.#argument < this.number(this.special('ARGC')); ) {
      const word = this.text(args.get(String(this.#argument++)));
      if (/^[A-Za-z_]\w*=/.test(word)) this.assign(nameOf(word));
      else if (word !== '') return this.#file(word);
    }
    if (this.#named) return undefined;
    return this.#file('-');
  }

  async #file(word: string): Promise<Records> {
    this.#named = true;
    this.put('FNR', 0);
    this.put('FILENAME', word);
    try {
      return this.streams.records(await this.run.open(word === '/dev/stdin' ? '-' : nameOf(word)));
    } catch (error) {
      throw error instanceof FsError ? new InputFailure(nameOf(word), error) : error;
    }
  }

  fault(code: AwkFault['code'], at = ''): AwkFault {
    return new AwkFault(code, this.line, at);
  }
}

const beginnings = {
  FS: ' ',
  OFS: ' ',
  ORS: '\n',
  RS: '\n',
  SUBSEP: '\x1c',
  CONVFMT: '%.6g',
  OFMT: '%.6g',
  NR: 0,
  FNR: 0,
  RSTART: 0,
  RLENGTH: -1,
} as const;

const specialNames = [...Object.keys(beginnings), 'FILENAME', 'ARGC', 'IGNORECASE'];
