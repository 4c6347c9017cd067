/** What an awk program reads and writes by name: files and commands, each opened once and kept until `close`. */
import { FsError } from '../../fs';
import { type Descriptor, open, type Process, pipe } from '../../process';
import type { Run } from '../run';
import { fromLatin1 } from '../text';
import { Records } from './records';
import { awaited, type Steps } from './steps';

const flushAt = 16384;

interface Output {
  readonly descriptor: Descriptor;
  readonly command?: Process;
  text: string;
}

interface Input {
  readonly records: Records;
  readonly command?: Process;
}

/** A file that was to be written could not be opened, or could not take what was written. */
export class OutputFailure extends Error {
  override readonly name = 'OutputFailure';
  constructor(
    readonly path: string,
    readonly reason: FsError,
    readonly when: 'open' | 'write',
  ) {
    super(reason.message);
  }
}

export class Streams {
  readonly #outputs = new Map<string, Output>();
  readonly #inputs = new Map<string, Input>();
  /** Standard output's, not yet sent. */
  #text = '';

  constructor(readonly run: Run) {}

  *print(text: string): Steps<void> {
    this.#text += text;
    if (this.#text.length >= flushAt) yield* awaited(this.#flushStandard());
  }

  async #flushStandard(): Promise<void> {
    const text = this.#text;
    this.#text = '';
    if (text !== '') await this.run.write(fromLatin1(text));
    await this.run.flush();
  }

  *write(mode: '>' | '>>' | '|', name: string, text: string): Steps<void> {
    if (mode !== '|' && (name === '/dev/stdout' || (name === '-' && this.run.gnu))) return yield* this.print(text);
    const output = this.#outputs.get(name) ?? (yield* awaited(this.#openOutput(mode, name)));
    output.text += text;
    if (output.text.length >= flushAt || name === '/dev/stderr') yield* awaited(this.#flushOutput(name, output));
  }

  async #openOutput(mode: '>' | '>>' | '|', name: string): Promise<Output> {
    await this.flush();
    const output = mode === '|' ? this.#commandFor(name) : await this.#fileFor(mode, name);
    this.#outputs.set(name, output);
    return output;
  }

  async #fileFor(mode: '>' | '>>', path: string): Promise<Output> {
    if (path === '/dev/stderr') return { descriptor: this.run.process.stderr.hold(), text: '' };
    const how = { write: true, create: true, append: mode === '>>', truncate: mode === '>' };
    try {
      return { descriptor: await open(this.run.process, path, how), text: '' };
    } catch (error) {
      throw error instanceof FsError ? new OutputFailure(path, error, 'open') : error;
    }
  }

  #commandFor(line: string): Output {
    const { reader, writer } = pipe();
    try {
      return { descriptor: writer, command: this.#shell(line, 0, reader), text: '' };
    } finally {
      reader.close();
    }
  }

  /** `sh -c`, with one of its descriptors ours. */
  #shell(line: string, number?: number, end?: Descriptor): Process {
    const descriptors = new Map(this.run.process.descriptors);
    if (number !== undefined && end) descriptors.set(number, end);
    return this.run.process.spawn({
      path: '/bin/sh',
      argv: [this.run.gnu ? '/bin/sh' : 'sh', '-c', line],
      descriptors,
    });
  }

  /** Everything that was printed, to whomever. */
  async flush(): Promise<void> {
    await this.#flushStandard();
    for (const [name, output] of this.#outputs) await this.#flushOutput(name, output);
  }

  async #flushOutput(name: string, output: Output): Promise<void> {
    const { text } = output;
    output.text = '';
    if (text === '') return;
    try {
      await output.descriptor.write(this.run.process, fromLatin1(text));
    } catch (error) {
      throw error instanceof FsError ? new OutputFailure(name, error, 'write') : error;
    }
  }

  /** A command's exit code as `close` and `system` tell it. */
  #statusOf({ exitCode, signal }: { readonly exitCode: number; readonly signal?: string }): number {
    if (!signal) return exitCode;
    return this.run.gnu ? exitCode + 128 : 0;
  }

  async system(line: string): Promise<number> {
    await this.flush();
    const child = this.#shell(line);
    return this.#statusOf(await this.run.process.wait(child.pid));
  }

  /** A file's records, or a command's. Undefined: it cannot be read. */
  async input(from: 'file' | 'command', name: string): Promise<Records | undefined> {
    const known = this.#inputs.get(name);
    if (known) return known.records;
    await this.flush();
    try {
      const input = from === 'file' ? await this.#fileFrom(name) : this.#commandFrom(name);
      this.#inputs.set(name, input);
      return input.records;
    } catch (error) {
      if (error instanceof FsError) return undefined;
      throw error;
    }
  }

  async #fileFrom(path: string): Promise<Input> {
    return { records: this.records(await this.run.open(path === '/dev/stdin' ? '-' : path)) };
  }

  #commandFrom(line: string): Input {
    const { reader, writer } = pipe();
    try {
      return { command: this.#shell(line, 1, writer), records: this.records(reader) };
    } finally {
      writer.close();
    }
  }

  records(descriptor: Descriptor): Records {
    return new Records(
      async () => {
        if (!descriptor.file) await this.flush();
        return descriptor.read(this.run.process);
      },
      () => descriptor.close(),
    );
  }

  /** -1 when there was none such. */
  async close(name: string): Promise<number> {
    const output = this.#outputs.get(name);
    const input = this.#inputs.get(name);
    if (!output && !input) return -1;
    this.#outputs.delete(name);
    this.#inputs.delete(name);
    input?.records.close();
    if (output) await this.#flushOutput(name, output).finally(() => output.descriptor.close());
    const command = output?.command ?? input?.command;
    return command ? this.#statusOf(await this.run.process.wait(command.pid)) : 0;
  }

  /** Lets go of everything, however the program ended. */
  abandon(): void {
    for (const { descriptor } of this.#outputs.values()) descriptor.close();
    for (const { records } of this.#inputs.values()) records.close();
    this.#outputs.clear();
    this.#inputs.clear();
  }

  /** At the end: mawk waits for its commands before it sends what it printed itself, busybox afterwards. */
  async closeAll(): Promise<void> {
    if (!this.run.gnu) await this.flush();
    for (const name of [...this.#outputs.keys(), ...this.#inputs.keys()]) await this.close(name);
    await this.flush();
  }
}
