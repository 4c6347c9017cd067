/**
 * A terminal: what `docker run -t` makes. The person's side is `type`, `resize` and the output function; the programs' side
 * is a descriptor.
 *
 * In line mode (POSIX: canonical) typed characters are echoed and edited here, and readers get whole lines; the keys that
 * make signals do so. Raw mode leaves all of it to the program.
 */
import { FsError } from '../fs';
import { chunkSize, Held, nothing } from './descriptor';
import { Buffer64 } from './pipe';
import type { Descriptor, Pid, Process, Terminal } from './process';
import type { Signal } from './signal';
import { columnsOf } from './width';

export interface TerminalOptions {
  readonly columns: number;
  readonly rows: number;
  /** Where output goes, as the person's screen gets it (`\r\n`). A promise holds the writer back. */
  readonly output: (bytes: Uint8Array) => void | Promise<void>;
}

const encoder = new TextEncoder();
const control = (letter: string) => letter.charCodeAt(0) & 0x1f;
const keys = {
  interrupt: control('C'),
  quit: 0x1c,
  suspend: control('Z'),
  end: control('D'),
  erase: 0x7f,
  back: 0x08,
  word: control('W'),
  line: control('U'),
  reprint: control('R'),
  literal: control('V'),
};
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** A line longer than this takes no more characters (Linux: 4096 with the newline). */
const longestLine = 4095;

export class TerminalDevice extends Held implements Terminal, Descriptor {
  readonly kind = 'terminal';
  size: { columns: number; rows: number };
  #mode: 'line' | 'raw' = 'line';
  echo = true;
  foreground: Pid = 0;
  /** Bytes that a reader may have. */
  readonly #ready = new Buffer64();
  /** Ends of input that were typed (Ctrl-D on an empty line). */
  #ends = 0;
  /** The line being typed. */
  #line: number[] = [];
  #literal = false;
  #echoed: number[] = [];
  #gone = false;
  #readers: Set<() => void> | undefined;

  constructor(
    readonly options: TerminalOptions,
    /** Signals the processes of a group. */
    readonly signalGroup: (group: Pid, signal: Signal) => void,
  ) {
    super();
    this.size = { columns: options.columns, rows: options.rows };
  }

  get terminal(): Terminal {
    return this;
  }

  get mode(): 'line' | 'raw' {
    return this.#mode;
  }

  /** What was typed ahead is kept: a begun line becomes readable, unread raw bytes go through the line discipline. */
  set mode(mode: 'line' | 'raw') {
    if (mode === this.#mode) return;
    this.#mode = mode;
    if (mode === 'raw') this.#submit();
    else this.#retype(this.#ready.take(this.#ready.size));
  }

  #retype(bytes: Uint8Array): void {
    // As on Linux, echo belongs to the moment of typing: what came in raw mode is not shown now.
    const echo = this.echo;
    this.echo = false;
    this.type(bytes);
    this.echo = echo;
  }

  // The person's side

  type(bytes: Uint8Array): void {
    if (this.#gone) return;
    if (this.mode === 'raw') this.#ready.push(bytes.slice());
    else for (const byte of bytes) this.#key(byte === carriageReturn ? lineFeed : byte);
    this.#flush();
    this.#wake();
  }

  hangUp(): void {
    if (this.#gone) return;
    this.#gone = true;
    if (this.foreground) this.signalGroup(this.foreground, 'HUP');
    this.#wake();
  }

  resize(columns: number, rows: number): void {
    if (columns === this.size.columns && rows === this.size.rows) return;
    this.size = { columns, rows };
    if (this.foreground) this.signalGroup(this.foreground, 'WINCH');
  }

  #wake(): void {
    for (const wake of [...(this.#readers ?? [])]) wake();
  }

  #show(text: string): void {
    if (this.echo) this.#echoed.push(...encoder.encode(text));
  }

  /** Echo goes out at once for all that was typed together: a character's bytes stay together. */
  #flush(): void {
    if (this.#echoed.length === 0) return;
    const bytes = Uint8Array.from(this.#echoed);
    this.#echoed = [];
    void this.options.output(bytes);
  }

  #key(byte: number): void {
    if (this.#literal) {
      this.#literal = false;
      this.#insert(byte);
      return;
    }
    switch (byte) {
      case keys.interrupt:
        this.#signal('INT', '^C');
        return;
      case keys.quit:
        this.#signal('QUIT', '^\\');
        return;
      case keys.suspend:
        this.#signal('TSTP', '^Z');
        return;
      case keys.erase:
      case keys.back:
        this.#erase();
        return;
      case keys.word:
        this.#eraseWord();
        return;
      case keys.line:
        while (this.#line.length > 0) this.#erase();
        return;
      case keys.reprint:
        this.#show(`^R\r\n${decode(this.#line)}`);
        return;
      case keys.literal:
        this.#literal = true;
        return;
      case keys.end:
        if (this.#line.length === 0) this.#ends++;
        else this.#submit();
        return;
      case lineFeed:
        this.#line.push(lineFeed);
        this.#show('\r\n');
        this.#submit();
        return;
      default:
        this.#insert(byte);
        return;
    }
  }

  #submit(): void {
    this.#ready.push(Uint8Array.from(this.#line));
    this.#line = [];
  }

  #insert(byte: number): void {
    if (this.#line.length >= longestLine) return;
    this.#line.push(byte);
    if (!this.echo) return;
    if (byte < 0x20 && byte !== 0x09) this.#show(`^${String.fromCharCode(byte + 0x40)}`);
    else this.#echoed.push(byte);
  }

  #signal(signal: Signal, shown: string): void {
    this.#show(shown);
    this.#line = [];
    this.#ready.clear();
    if (this.foreground) this.signalGroup(this.foreground, signal);
  }

  /** The last character: all bytes of its UTF-8, all columns of its width. */
  #erase(): void {
    const bytes = [this.#line.pop()];
    if (bytes[0] === undefined) return;
    while (((bytes[0] ?? 0) & 0xc0) === 0x80 && this.#line.length > 0) bytes.unshift(this.#line.pop());
    const first = bytes[0] ?? 0;
    const columns = first < 0x20 ? 2 : columnsOf(decode(bytes as number[]));
    this.#show('\b \b'.repeat(columns));
  }

  #eraseWord(): void {
    const blank = (byte: number | undefined) => byte === 0x20 || byte === 0x09;
    while (blank(this.#line.at(-1))) this.#erase();
    while (this.#line.length > 0 && !blank(this.#line.at(-1))) this.#erase();
  }

  // The programs' side

  async read(process: Process, max = chunkSize): Promise<Uint8Array> {
    await process.tick();
    await this.#becomeForeground(process);
    while (this.#ready.size === 0 && this.#ends === 0 && !this.#gone) {
      await process.suspend((wake) => {
        const readers = (this.#readers ??= new Set());
        readers.add(wake);
        return () => readers.delete(wake);
      });
      await this.#becomeForeground(process);
    }
    if (this.#ready.size > 0) return this.mode === 'line' ? this.#lineOf(max) : this.#ready.take(max);
    if (this.#ends > 0) this.#ends--;
    return nothing;
  }

  ahead(wanted: (byte: number) => boolean): Uint8Array {
    return this.#ready.takeWhile(wanted);
  }

  /** A read answers at most one line. */
  #lineOf(max: number): Uint8Array {
    return this.#ready.takeLine(max);
  }

  /** Only the foreground group may read: others are stopped by SIGTTIN. */
  async #becomeForeground(process: Process): Promise<void> {
    while (this.foreground && process.pgid !== this.foreground) {
      process.kill(0, 'TTIN');
      await process.tick();
      if (process.pgid === this.foreground) return;
      throw new FsError('EIO');
    }
  }

  async write(process: Process, bytes: Uint8Array): Promise<void> {
    await process.tick();
    if (this.#gone) throw new FsError('EIO');
    const taken = this.options.output(withReturns(bytes));
    if (taken) await process.until(taken);
  }
}

const decode = (bytes: readonly number[]) => new TextDecoder().decode(Uint8Array.from(bytes));

/** onlcr: each `\n` becomes `\r\n`. */
function withReturns(bytes: Uint8Array): Uint8Array {
  let feeds = 0;
  for (const byte of bytes) if (byte === lineFeed) feeds++;
  if (feeds === 0) return bytes.slice();
  const wide = new Uint8Array(bytes.length + feeds);
  let to = 0;
  for (const byte of bytes) {
    if (byte === lineFeed) wide[to++] = carriageReturn;
    wide[to++] = byte;
  }
  return wide;
}
