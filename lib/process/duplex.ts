/**
 * A descriptor whose other side is not a process: `docker attach`, `docker run -i`, a log. What processes write goes to a
 * function; what comes from outside is pushed in.
 */
import { FsError } from '../fs';
import { chunkSize, Held } from './descriptor';
import { broken, Channel } from './pipe';
import type { Descriptor, Process } from './process';

export interface Duplex {
  readonly descriptor: Descriptor;
  /** Bytes for readers. Ignored after `end`. */
  push(bytes: Uint8Array): void;
  /** Readers see the end when they have read all. */
  end(): void;
  /** The outside listens no more: writers get SIGPIPE. */
  breakOff(): void;
}

export interface DuplexOptions {
  /** Where written bytes go. A promise holds the writer back. Absent: cannot be written (EBADF). */
  readonly write?: (bytes: Uint8Array) => void | Promise<void>;
  /** All referring processes closed it. */
  readonly closed?: () => void;
  readonly kind?: Descriptor['kind'];
}

class Outside extends Held implements Duplex {
  readonly kind: Descriptor['kind'];
  readonly #input = new Channel();
  #broken = false;

  constructor(readonly options: DuplexOptions) {
    super();
    this.kind = options.kind ?? 'pipe';
    this.#input.readers = this.#input.writers = 1;
  }

  get descriptor(): Descriptor {
    return this;
  }

  push(bytes: Uint8Array): void {
    if (this.#input.writers === 0) return;
    this.#input.buffer.push(bytes);
    this.#input.changed();
  }

  end(): void {
    this.#input.writers = 0;
    this.#input.changed();
  }

  breakOff(): void {
    this.#broken = true;
  }

  read(process: Process, max = chunkSize): Promise<Uint8Array> {
    return this.#input.read(process, max);
  }

  async write(process: Process, bytes: Uint8Array): Promise<void> {
    await process.tick();
    if (!this.options.write) throw new FsError('EBADF');
    if (this.#broken) await broken(process);
    const taken = this.options.write(bytes.slice());
    if (taken) await process.until(taken);
  }

  protected override ended(): void {
    this.options.closed?.();
  }
}

export function duplex(options: DuplexOptions = {}): Duplex {
  return new Outside(options);
}
