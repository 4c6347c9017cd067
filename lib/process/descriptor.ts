/** What the kinds of descriptors have in common: they are held and closed; the last close ends them. */
import { FsError, type OpenFile } from '../fs';
import { paceOf } from './disk-pace';
import type { Descriptor, Process } from './process';

export const nothing = new Uint8Array(0);
export const chunkSize = 65536;

export abstract class Held implements Descriptor {
  abstract readonly kind: Descriptor['kind'];
  #holders = 1;

  hold(): this {
    this.#holders++;
    return this;
  }

  close(): void {
    if (this.#holders > 0 && --this.#holders === 0) this.ended();
  }

  protected get open(): boolean {
    return this.#holders > 0;
  }

  /** Nobody refers to it any more. */
  protected ended(): void {}

  abstract read(process: Process, max?: number): Promise<Uint8Array>;
  abstract write(process: Process, bytes: Uint8Array): Promise<void>;
}

export class FileDescriptor extends Held {
  readonly kind = 'file';
  constructor(readonly file: OpenFile) {
    super();
  }

  async read(process: Process, max = chunkSize): Promise<Uint8Array> {
    await process.tick();
    return this.file.read(max);
  }

  async write(process: Process, bytes: Uint8Array): Promise<void> {
    let at = 0;
    while (at < bytes.length) {
      await process.tick();
      const part = this.#within(process, bytes.subarray(at, at + chunkSize));
      this.file.write(part);
      const rest = paceOf(process.system).take(part.length);
      if (rest > 0) await process.sleep(rest);
      at += part.length;
    }
  }

  /** As much of it as the file may grow by. SIGXFSZ, and EFBIG for who lives on, when that is nothing. */
  #within(process: Process, bytes: Uint8Array): Uint8Array {
    const { soft } = process.limits.fileSize;
    if (soft === Number.POSITIVE_INFINITY) return bytes;
    const from = this.file.flags.append ? this.file.stat().size : this.file.seek(0, 'current');
    if (from < soft) return bytes.subarray(0, soft - from);
    process.kill(process.pid, 'XFSZ');
    throw new FsError('EFBIG');
  }

  protected override ended(): void {
    this.file.close();
  }
}

/** Descriptors 0, 1, 2 that are not there: read as ended, cannot be written. */
class Missing extends Held {
  readonly kind = 'null';
  async read(): Promise<Uint8Array> {
    return nothing;
  }
  async write(): Promise<void> {
    throw new FsError('EBADF');
  }
}

export const missing: Descriptor = new Missing();
