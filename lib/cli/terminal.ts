import type { Process, Terminal } from '../process';
import { parseSignal, type Signal } from '../process';
import { CommandError } from './usage-error';

/** Bytes go both ways between the person and a container's process. */
export interface Wire {
  write(bytes: Uint8Array): Promise<void>;
  closeStdin(): void;
  resize(columns: number, rows: number): void;
}

export interface SessionOptions {
  readonly process: Process;
  /** The container's process has a terminal of its own. */
  readonly tty: boolean;
  /** Copy what is typed. */
  readonly stdin: boolean;
  readonly detachKeys?: string;
  readonly detached: () => void;
}

/** `-t` needs a terminal to copy from, when stdin is copied at all. */
export function requireTerminal(process: Process, tty: boolean, stdin: boolean): void {
  if (tty && stdin && process.stdin.kind !== 'terminal') throw new CommandError('the input device is not a TTY');
}

export function sizeOfTerminal(process: Process): { columns: number; rows: number } | undefined {
  const terminal = process.stdout.terminal ?? process.stdin.terminal;
  return terminal ? { ...terminal.size } : undefined;
}

/** Output for the person: a terminal of ours turns `\n` into `\r\n` again, so what already has it gives it up. */
export function printer(
  process: Process,
  tty: boolean,
): (stream: 'stdout' | 'stderr', bytes: Uint8Array) => Promise<void> {
  return async (stream, bytes) => {
    const target = stream === 'stdout' ? process.stdout : process.stderr;
    try {
      await target.write(process, tty && target.kind === 'terminal' ? withoutReturns(bytes) : bytes);
    } catch (error) {
      // The reader went away: the container goes on writing, as it would with a real client.
      void error;
    }
  };
}

function withoutReturns(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, at) => !(byte === 13 && bytes[at + 1] === 10));
}

/** Copies the person's input until `stop`, with the terminal in raw mode when the container has one of its own. */
export function openSession(options: SessionOptions, wire: Wire): { stop(): void } {
  const { process, tty } = options;
  const terminal = tty ? process.stdin.terminal : undefined;
  const restore = terminal && options.stdin ? rawMode(terminal) : () => {};
  if (tty) watchSize(process, wire);
  let over = false;
  if (options.stdin) void copyInput(options, wire, () => over);
  return {
    stop: () => {
      over = true;
      restore();
    },
  };
}

function rawMode(terminal: Terminal): () => void {
  const { mode, echo } = terminal;
  terminal.mode = 'raw';
  terminal.echo = false;
  return () => {
    terminal.mode = mode;
    terminal.echo = echo;
  };
}

function watchSize(process: Process, wire: Wire): void {
  const tell = () => {
    const size = sizeOfTerminal(process);
    if (size) wire.resize(size.columns, size.rows);
  };
  process.onSignal('WINCH', tell);
  tell();
}

async function copyInput(options: SessionOptions, wire: Wire, over: () => boolean): Promise<void> {
  const { process } = options;
  const keys = new DetachKeys(options.tty ? (options.detachKeys ?? 'ctrl-p,ctrl-q') : '');
  try {
    for (;;) {
      const bytes = await process.stdin.read(process);
      if (over()) return;
      if (bytes.length === 0) break;
      const { pass, detach } = keys.feed(bytes);
      if (pass.length) await wire.write(pass);
      if (detach) return options.detached();
    }
    wire.closeStdin();
  } catch (error) {
    // The docker process ended while it waited for input: nothing is left to copy.
    void error;
  }
}

/** Recognises the sequence that leaves a container running; bytes of a sequence that is not finished wait. */
export class DetachKeys {
  readonly #keys: readonly number[];
  #seen = 0;

  constructor(text: string) {
    this.#keys = text ? text.split(',').map(keyByte) : [];
  }

  feed(bytes: Uint8Array): { pass: Uint8Array; detach: boolean } {
    const pass: number[] = [];
    for (const byte of bytes) {
      if (this.#keys.length && byte === this.#keys[this.#seen]) {
        this.#seen += 1;
        if (this.#seen === this.#keys.length) return { pass: Uint8Array.from(pass), detach: true };
        continue;
      }
      pass.push(...this.#keys.slice(0, this.#seen), byte);
      this.#seen = 0;
    }
    return { pass: Uint8Array.from(pass), detach: false };
  }
}

function keyByte(key: string): number {
  const control = /^ctrl-(.)$/.exec(key)?.[1];
  if (control) {
    const code = /[a-z]/.test(control) ? control.charCodeAt(0) - 96 : '@[\\]^_'.indexOf(control);
    if (code >= 0) return control === '@' ? 0 : /[a-z]/.test(control) ? code : 26 + code;
  }
  if (key.length === 1) return key.charCodeAt(0);
  throw new CommandError(`invalid detach keys (${key}): Unknown character: '${key}'`, 1);
}

const proxied: readonly Signal[] = ['HUP', 'INT', 'QUIT', 'TERM', 'USR1', 'USR2', 'CONT'];

/** Passes the person's signals on to the container (`--sig-proxy`). */
export function proxySignals(process: Process, send: (signal: string) => void): void {
  for (const signal of proxied) process.onSignal(parseSignal(signal)!, () => send(signal));
}

/** A promise and the function that settles it. */
export function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => void (resolve = settle));
  return { promise, resolve };
}
