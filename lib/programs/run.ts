/**
 * One run of an applet: a process with the conveniences that a C library gives a program.
 *
 * Output to stdout is gathered and sent when it has grown, before anything goes to stderr, before the applet waits for
 * input, and at its end. Words of errors follow the dialect of the image: `busybox` or `gnu`.
 */
import { type Errno, errnoText, type FileSystem, FsError, join } from '../fs';
import { appendFile, type Descriptor, type Ended, open, type Process, writeFile } from '../process';
import { LineReader } from './line-reader';
import { concat, decode, encode } from './text';

export type Dialect = 'busybox' | 'gnu';

export type Applet = (run: Run) => Promise<number>;

/** Opens a file of a process in an editor that somebody looks at; resolves when it is closed again. */
export interface EditorHost {
  edit(process: Process, path: string): Promise<void>;
}

export interface Hosts {
  readonly editor?: EditorHost;
}

const flushAt = 16384;

/** glibc's words where they differ from the common ones. */
const gnuText: Partial<Record<Errno, string>> = {
  EIO: 'Input/output error',
  ENOTTY: 'Inappropriate ioctl for device',
  ETIMEDOUT: 'Connection timed out',
};

export function describeError(error: unknown, dialect: Dialect = 'busybox'): string {
  if (!(error instanceof FsError)) throw error;
  return (dialect === 'gnu' && gnuText[error.errno]) || errnoText[error.errno];
}

/** Standard output could not take what was printed. No FsError: whoever reads a file must not take it for that file's. */
export class WriteFailure extends Error {
  override readonly name = 'WriteFailure';
  constructor(readonly reason: FsError) {
    super(reason.message);
  }
}

/** What a write runs into, not an opening. */
export function isFull(error: unknown): boolean {
  return error instanceof FsError && ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(error.errno);
}

export class Run {
  #pending: Uint8Array[] = [];
  #pendingSize = 0;
  #text = '';

  constructor(
    readonly process: Process,
    readonly dialect: Dialect,
    readonly name: string,
    readonly args: readonly string[],
    readonly hosts: Hosts = {},
  ) {}

  /** The same run in another process: what went into the background. */
  of(process: Process): Run {
    return new Run(process, this.dialect, this.name, this.args, this.hosts);
  }

  get fs(): FileSystem {
    return this.process.fs;
  }

  get gnu(): boolean {
    return this.dialect === 'gnu';
  }

  async print(text: string): Promise<void> {
    this.#text += text;
    if (this.#text.length >= flushAt) await this.flush();
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#gatherText();
    this.#pending.push(bytes);
    this.#pendingSize += bytes.length;
    if (this.#pendingSize >= flushAt) await this.flush();
  }

  async flush(): Promise<void> {
    this.#gatherText();
    if (this.#pendingSize === 0) return;
    const all = concat(this.#pending);
    this.#pending = [];
    this.#pendingSize = 0;
    try {
      await this.process.stdout.write(this.process, all);
    } catch (error) {
      throw error instanceof FsError ? new WriteFailure(error) : error;
    }
  }

  #gatherText(): void {
    if (!this.#text) return;
    const bytes = encode(this.#text);
    this.#text = '';
    this.#pending.push(bytes);
    this.#pendingSize += bytes.length;
  }

  /** To stderr, as it is. */
  async complain(text: string): Promise<void> {
    await this.flush();
    await this.process.stderr.write(this.process, encode(text));
  }

  /** `name: text` to stderr; answers the exit code, for `return run.fail(…)`. */
  async fail(text: string, exitCode = 1): Promise<number> {
    await this.complain(`${this.name}: ${text}\n`);
    return exitCode;
  }

  /** `name: about: No such file or directory`. */
  failed(about: string, error: unknown, exitCode = 1): Promise<number> {
    return this.fail(`${about}: ${this.say(error)}`, exitCode);
  }

  say(error: unknown): string {
    return describeError(error, this.dialect);
  }

  /** A whole file, made or replaced. Errors as for `open` and writes. */
  writeFile(path: string, bytes: Uint8Array, mode?: number): Promise<void> {
    return writeFile(this.process, path, bytes, mode);
  }

  appendFile(path: string, bytes: Uint8Array): Promise<void> {
    return appendFile(this.process, path, bytes);
  }

  /** `-` is standard input. Close what you get. */
  open(path: string): Promise<Descriptor> {
    return path === '-' ? Promise.resolve(this.process.stdin.hold()) : this.openForReading(path);
  }

  private async openForReading(path: string): Promise<Descriptor> {
    const descriptor = await open(this.process, path, { read: true });
    if (descriptor.file && descriptor.file.stat().kind === 'directory') {
      descriptor.close();
      throw new FsError('EISDIR', path);
    }
    return descriptor;
  }

  /** All of a file, device or standard input (`-`). */
  async readAll(path: string): Promise<Uint8Array> {
    const descriptor = await this.open(path);
    try {
      return await this.drain(descriptor);
    } finally {
      descriptor.close();
    }
  }

  async drain(descriptor: Descriptor): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let size = 0;
    for (;;) {
      const part = await this.read(descriptor);
      if (part.length === 0) return parts.length === 0 ? part : concat(parts);
      parts.push(part);
      size += part.length;
      if (size > memoryLimit) throw new FsError('ENOMEM');
    }
  }

  /** Reads, after what was printed is out (a person may be waiting for it). */
  async read(descriptor: Descriptor, max?: number): Promise<Uint8Array> {
    if (!descriptor.file) await this.flush();
    return descriptor.read(this.process, max);
  }

  async readText(path: string): Promise<string> {
    return decode(await this.readAll(path));
  }

  lines(descriptor: Descriptor): LineReader {
    return new LineReader((max) => this.read(descriptor, max));
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return Number(this.process.system.clock.now() / 1_000_000n);
  }

  /** The executable that a name means: PATH is searched when it has no slash. */
  which(name: string, path = this.process.env.PATH ?? '/sbin:/usr/sbin:/bin:/usr/bin'): string | undefined {
    const candidates = name.includes('/') ? [name] : path.split(':').map((folder) => join(folder || '.', name));
    return candidates.find((candidate) => this.executable(candidate));
  }

  executable(path: string): boolean {
    try {
      this.fs.access(path, 1);
      return this.fs.stat(path).kind === 'file';
    } catch (error) {
      if (error instanceof FsError) return false;
      throw error;
    }
  }

  /** Starts a command by its name. ENOENT when PATH does not have it. */
  start(argv: readonly string[], options: { env?: Record<string, string>; stdin?: Descriptor } = {}): Process {
    const path = this.resolveCommand(argv[0] ?? '');
    const descriptors = new Map(this.process.descriptors);
    if (options.stdin) descriptors.set(0, options.stdin);
    return this.process.spawn({ path, argv, descriptors, ...(options.env && { env: options.env }) });
  }

  resolveCommand(name: string): string {
    const path = name.includes('/') ? name : this.which(name);
    if (!path) throw new FsError('ENOENT', name);
    return path;
  }

  /** Starts a command and waits for it. */
  async call(argv: readonly string[], options?: { env?: Record<string, string>; stdin?: Descriptor }): Promise<Ended> {
    await this.flush();
    const child = this.start(argv, options);
    return this.process.wait(child.pid);
  }
}

/** What one applet may hold in memory at once. */
const memoryLimit = 256 * 1024 * 1024;
