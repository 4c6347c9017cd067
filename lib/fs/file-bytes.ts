import { addRange, cutRanges, type Range } from './ranges';

/** What happened to a file's bytes since the last `takeChanges`: cut, grown with zeros (or cut) to `size`, then written. */
export interface ByteChanges {
  /** The smallest size that it had meanwhile, when that is below both its old and its new size. */
  readonly cut: number | undefined;
  readonly size: number;
  readonly written: readonly (readonly [offset: number, bytes: Uint8Array])[];
}

/**
 * The bytes of one writable file.
 *
 * Bytes that were handed out are never written to: the buffer is copied before a write would reach them, and an append does
 * not. Bytes handed in are kept as they are when they own their buffer, so a file written once costs no copy.
 */
export class FileBytes {
  #buffer: Uint8Array;
  #size: number;
  /** Bytes before this may be in somebody's hands. */
  #shared: number;
  #written: readonly Range[] | undefined;
  #least: number;
  /** Its size at the last `takeChanges`. */
  #before: number;

  constructor(bytes: Uint8Array = empty) {
    this.#buffer = bytes;
    this.#size = bytes.length;
    this.#shared = bytes.length;
    this.#least = bytes.length;
    this.#before = bytes.length;
  }

  get size(): number {
    return this.#size;
  }

  /** All of it, without a copy. */
  view(): Uint8Array {
    this.#shared = Math.max(this.#shared, this.#size);
    return this.#buffer.length === this.#size ? this.#buffer : this.#buffer.subarray(0, this.#size);
  }

  /** A copy of a part, so that reading a little here and writing a little there does not copy the whole file each time. */
  read(offset: number, length: number): Uint8Array {
    return copyOf(this.#buffer.subarray(offset, Math.min(this.#size, offset + length)));
  }

  write(offset: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const end = offset + bytes.length;
    this.#written = addRange(this.#written ?? [], offset, end);
    if (offset === 0 && end >= this.#size) this.#replace(bytes);
    else this.#overwrite(offset, bytes);
  }

  #overwrite(offset: number, bytes: Uint8Array): void {
    const end = offset + bytes.length;
    this.#reserve(Math.max(end, this.#size), Math.min(offset, this.#size));
    if (offset > this.#size) this.#buffer.fill(0, this.#size, offset);
    this.#buffer.set(bytes, offset);
    this.#size = Math.max(this.#size, end);
  }

  truncate(size: number): void {
    if (size < this.#size) {
      this.#least = Math.min(this.#least, size);
      if (this.#written) this.#written = cutRanges(this.#written, size);
      if (size === 0) this.#adopt(empty);
    } else if (size > this.#size) {
      this.#reserve(size, this.#size);
      this.#buffer.fill(0, this.#size, size);
    }
    this.#size = size;
    // Bytes that a cut freed may still be in somebody's hands: #shared stays where it was.
  }

  /** Undefined when nothing happened. */
  takeChanges(): ByteChanges | undefined {
    if (!this.#written && this.#least === this.#size && this.#before === this.#size) return undefined;
    const written = (this.#written ?? []).map(
      ([start, end]) => [start, copyOf(this.#buffer.subarray(start, end))] as const,
    );
    const cut = this.#least < Math.min(this.#before, this.#size) ? this.#least : undefined;
    const changes = { cut, size: this.#size, written };
    this.#written = undefined;
    this.#least = this.#size;
    this.#before = this.#size;
    return changes;
  }

  clone(): FileBytes {
    return new FileBytes(this.view());
  }

  #replace(bytes: Uint8Array): void {
    this.#adopt(bytes.byteLength === bytes.buffer.byteLength ? bytes : copyOf(bytes));
    this.#size = bytes.length;
  }

  #adopt(bytes: Uint8Array): void {
    this.#buffer = bytes;
    this.#shared = bytes.length;
  }

  /** Room for `size` bytes of which those from `from` on may be written. */
  #reserve(size: number, from: number): void {
    if (size <= this.#buffer.length && from >= this.#shared) return;
    const room = size <= this.#buffer.length ? this.#buffer.length : roomFor(size, this.#buffer.length);
    const buffer = new Uint8Array(room);
    buffer.set(this.#buffer.subarray(0, Math.min(this.#size, size)));
    this.#buffer = buffer;
    this.#shared = 0;
  }
}

const empty = new Uint8Array(0);
/** A growing file doubles while it is small; a large one keeps a quarter in reserve. */
function roomFor(size: number, present: number): number {
  return Math.floor(Math.max(size, Math.min(present * 2, size + Math.max(2 ** 20, size / 4))));
}

/** Uint8Array even of a Node Buffer, whose own `slice` shares. */
function copyOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
