/** The current record: `$0` and its fields, each made of the other when it is asked for. */
import { FsError } from '../../fs';
import { AwkFault } from './fault';
import { type Separator, split } from './splitting';
import { read, type Value } from './values';

/** Where the real ones have no memory any more. */
const mostFields = 4_000_000;

export class Fields {
  #text: Value = '';
  /** The fields' texts as they were read; a value where one was assigned. */
  #parts: Value[] | undefined;
  #separator: Separator = { kind: 'blanks' };
  /** The text is no longer what the fields are. */
  #changed = false;

  constructor(
    readonly textOf: (value: Value) => string,
    readonly between: () => string,
  ) {}

  /** A new record, to be split by the separator as it is now. */
  become(text: string, separator: Separator): void {
    this.#text = text;
    this.#parts = undefined;
    this.#separator = separator;
    this.#changed = false;
  }

  get text(): string {
    if (this.#changed) {
      this.#text = this.#fields().map(this.textOf).join(this.between());
      this.#changed = false;
    }
    return this.#text as string;
  }

  get count(): number {
    return this.#fields().length;
  }

  #fields(): Value[] {
    this.#parts ??= split(this.#text as string, this.#separator);
    return this.#parts;
  }

  get(index: number, line: number): Value {
    if (index === 0) return read(this.text);
    const part = this.#fields()[this.#place(index, line) - 1];
    return typeof part === 'string' ? read(part) : part;
  }

  set(index: number, value: Value, line: number): void {
    const fields = this.#fields();
    const place = this.#place(index, line);
    while (fields.length < place - 1) fields.push('');
    fields[place - 1] = typeof value === 'number' ? this.textOf(value) : value;
    this.#changed = true;
  }

  #place(index: number, line: number): number {
    if (index < 0) throw new AwkFault('field', line, String(Math.trunc(index)));
    return within(Math.trunc(index));
  }

  setCount(count: number): void {
    const fields = this.#fields();
    const wanted = within(Math.max(0, Math.trunc(count)));
    while (fields.length < wanted) fields.push('');
    fields.length = wanted;
    this.#changed = true;
  }
}

function within(count: number): number {
  if (!(count <= mostFields)) throw new FsError('ENOMEM');
  return count;
}
