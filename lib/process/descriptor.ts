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
    for (let at = 0; at < bytes.length; at += chunkSize) {
      await process.tick();
      const part = bytes.subarray(at, at + chunkSize);
      this.file.write(part);
      const rest = paceOf(process.system).take(part.length);
      if (rest > 0) await process.sleep(rest);
    }
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
