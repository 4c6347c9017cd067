/**
 * Bytes between processes: a bounded queue. A writer waits while it is full, a reader while it is empty; when the last
 * writer closes the reader sees the end, when the last reader closes a writer gets SIGPIPE, or EPIPE if it ignores that.
 */
import { FsError } from '../fs';
import { chunkSize, Held, nothing } from './descriptor';
import type { Descriptor, Process } from './process';

export const pipeCapacity = 65536;

export class Buffer64 {
  #chunks: Uint8Array[] = [];
  size = 0;

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#chunks.push(bytes);
    this.size += bytes.length;
  }

  /** Up to `max` bytes, at most one chunk's worth unless chunks are small. */
  take(max: number): Uint8Array {
    const first = this.#chunks[0];
    if (!first) return nothing;
    if (first.length >= max || this.#chunks.length === 1) return this.#takeFrom(first, max);
    return this.#gather(Math.min(max, this.size));
  }

  /** Up to and with the first newline, or `max` bytes. */
  takeLine(max: number): Uint8Array {
    let length = 0;
    for (const chunk of this.#chunks) {
      const at = chunk.indexOf(0x0a);
      length += at < 0 ? chunk.length : at + 1;
      if (at >= 0 || length >= max) break;
    }
    return this.#gather(Math.min(length, max, this.size));
  }

  /** Up to the first byte that is not wanted. */
  takeWhile(wanted: (byte: number) => boolean): Uint8Array {
    let length = 0;
    for (const chunk of this.#chunks) {
      const end = chunk.findIndex((byte) => !wanted(byte));
      length += end < 0 ? chunk.length : end;
      if (end >= 0) break;
    }
    return length === 0 ? nothing : this.#gather(length);
  }

  clear(): void {
    this.#chunks = [];
    this.size = 0;
  }

  #takeFrom(first: Uint8Array, max: number): Uint8Array {
    const taken = first.subarray(0, max);
    // An array that was pushed to keeps room for more: what is empty begins anew.
    if (taken.length === first.length && this.#chunks.length === 1) this.#chunks = [];
    else if (taken.length === first.length) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(max);
    this.size -= taken.length;
    return taken;
  }

  #gather(length: number): Uint8Array {
    const all = new Uint8Array(length);
    for (let at = 0; at < length; ) {
      const part = this.#takeFrom(this.#chunks[0]!, length - at);
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}

export class Channel {
  readonly buffer = new Buffer64();
  readers = 0;
  writers = 0;
  readonly #waiting = new Set<() => void>();

  constructor(readonly capacity = pipeCapacity) {}

  readonly wait = (wake: () => void): (() => void) => {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  };

  changed(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  async read(process: Process, max: number): Promise<Uint8Array> {
    await process.tick();
    while (this.buffer.size === 0 && this.writers > 0) await process.suspend(this.wait);
    const taken = this.buffer.take(max);
    if (taken.length > 0) this.changed();
    return taken;
  }

  async write(process: Process, bytes: Uint8Array): Promise<void> {
    await process.tick();
    // A writer may change its array afterwards; what lies in the pipe must not.
    for (let rest = bytes.slice(); rest.length > 0; ) {
      while (this.readers > 0 && this.#room(rest.length) <= 0) await process.suspend(this.wait);
      if (this.readers === 0) await broken(process);
      const part = rest.subarray(0, this.#room(rest.length));
      this.buffer.push(part);
      rest = rest.subarray(part.length);
      this.changed();
    }
  }

  /** Writes of up to 4096 bytes (PIPE_BUF) go in whole or wait. */
  #room(wanted: number): number {
    const free = this.capacity - this.buffer.size;
    return wanted <= 4096 && free < wanted ? 0 : free;
  }
}

export async function broken(process: Process): Promise<never> {
  process.kill(process.pid, 'PIPE');
  await process.tick();
  throw new FsError('EPIPE');
}

class PipeEnd extends Held {
  readonly kind = 'pipe';
  constructor(
    readonly channel: Channel,
    readonly side: 'read' | 'write' | 'both',
  ) {
    super();
    if (side !== 'write') channel.readers++;
    if (side !== 'read') channel.writers++;
  }

  async read(process: Process, max = chunkSize): Promise<Uint8Array> {
    if (this.side === 'write') throw new FsError('EBADF');
    return this.channel.read(process, max);
  }

  async write(process: Process, bytes: Uint8Array): Promise<void> {
    if (this.side === 'read') throw new FsError('EBADF');
    return this.channel.write(process, bytes);
  }

  protected override ended(): void {
    if (this.side !== 'write') this.channel.readers--;
    if (this.side !== 'read') this.channel.writers--;
    if (this.channel.readers === 0) this.channel.buffer.clear();
    this.channel.changed();
  }
}

export function pipe(capacity?: number): { readonly reader: Descriptor; readonly writer: Descriptor } {
  const channel = new Channel(capacity);
  return { reader: new PipeEnd(channel, 'read'), writer: new PipeEnd(channel, 'write') };
}

/** One end of a named pipe's channel. */
export function endOf(channel: Channel, side: 'read' | 'write' | 'both'): Descriptor {
  return new PipeEnd(channel, side);
}
