import { Page } from './page';
import { addRange, cutRanges, type Range } from './ranges';

/** What happened to a file's bytes since the last `takeChanges`: cut, grown with zeros (or cut) to `size`, then written. */
export interface ByteChanges {
  /** The smallest size that it had meanwhile, when that is below both its old and its new size. */
  readonly cut: number | undefined;
  readonly size: number;
  readonly written: readonly (readonly [offset: number, bytes: Uint8Array])[];
}

const defaultPageSize = 2 ** 18;

/**
 * The bytes of one writable file, in pages: one that grows copies no more than its last page.
 *
 * Bytes that were handed out are never written to: a page is copied before a write would reach them, and an append does not.
 * Bytes handed in are kept as they are when they own their buffer, so a file written once costs no copy.
 */
export class FileBytes {
  #pages: Page[] = [];
  #size: number;
  #written: readonly Range[] | undefined;
  #least: number;
  /** Its size at the last `takeChanges`. */
  #before: number;
  /** All pages in one piece, as long as nothing was written since. */
  #whole: Uint8Array | undefined;

  constructor(
    bytes: Uint8Array = empty,
    private readonly pageSize = defaultPageSize,
  ) {
    this.#size = this.#least = this.#before = bytes.length;
    this.#adopt(bytes);
  }

  get size(): number {
    return this.#size;
  }

  /** All of it: without a copy when it is one page, or nothing was written since the last time. */
  view(): Uint8Array {
    if (this.#pages.length === 1) return this.#pages[0]!.hand();
    if (!this.#whole) this.#adopt(this.read(0, this.#size));
    return this.#whole!;
  }

  /** All of it in parts, in order and without a copy. A part that is whole is the same object until it is written to. */
  parts(): Uint8Array[] {
    return this.#pages.map((page) => page.hand());
  }

  /** A copy of a part, so that reading a little here and writing a little there does not copy the whole file each time. */
  read(offset: number, length: number): Uint8Array {
    const end = Math.min(this.#size, offset + length);
    const bytes = new Uint8Array(Math.max(0, end - offset));
    for (let at = offset; at < end; at += this.pageSize - (at % this.pageSize))
      bytes.set(this.#pages[Math.floor(at / this.pageSize)]!.part(at % this.pageSize, end - at), at - offset);
    return bytes;
  }

  write(offset: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const end = offset + bytes.length;
    this.#written = addRange(this.#written ?? [], offset, end);
    if (offset === 0 && end >= this.#size) {
      this.#adopt(bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes));
      this.#size = end;
      return;
    }
    if (offset > this.#size) this.#grow(offset);
    this.#whole = undefined;
    for (let at = offset; at < end; at += this.pageSize - (at % this.pageSize))
      this.#page(Math.floor(at / this.pageSize)).write(
        at % this.pageSize,
        bytes.subarray(at - offset, at - offset + this.pageSize - (at % this.pageSize)),
      );
    this.#size = Math.max(this.#size, end);
  }

  truncate(size: number): void {
    if (size < this.#size) {
      this.#least = Math.min(this.#least, size);
      if (this.#written) this.#written = cutRanges(this.#written, size);
      this.#whole = undefined;
      this.#pages.length = Math.ceil(size / this.pageSize);
      if (size % this.pageSize) this.#pages.at(-1)!.resize(size % this.pageSize);
      this.#size = size;
    } else if (size > this.#size) this.#grow(size);
  }

  /** Undefined when nothing happened. */
  takeChanges(): ByteChanges | undefined {
    if (!this.#written && this.#least === this.#size && this.#before === this.#size) return undefined;
    const written = (this.#written ?? []).map(([start, end]) => [start, this.read(start, end - start)] as const);
    const cut = this.#least < Math.min(this.#before, this.#size) ? this.#least : undefined;
    this.forgetChanges();
    return { cut, size: this.#size, written };
  }

  /** What happened so far is known already. */
  forgetChanges(): void {
    this.#written = undefined;
    this.#least = this.#before = this.#size;
  }

  /** The same bytes, to be written to apart; nothing is copied before. */
  clone(): FileBytes {
    const copy = new FileBytes(empty, this.pageSize);
    copy.#pages = this.#pages.map((page) => new Page(page.hand()));
    copy.#size = copy.#least = copy.#before = this.#size;
    copy.#whole = this.#whole;
    return copy;
  }

  #adopt(bytes: Uint8Array): void {
    this.#pages = [];
    for (let at = 0; at < bytes.length; at += this.pageSize)
      this.#pages.push(new Page(bytes.length <= this.pageSize ? bytes : bytes.subarray(at, at + this.pageSize)));
    this.#whole = bytes;
  }

  #page(number: number): Page {
    // As a list of one: a list that grows keeps room for sixteen more, and most files have one page.
    if (this.#pages.length === 0 && number === 0) this.#pages = [new Page(empty)];
    return (this.#pages[number] ??= new Page(empty));
  }

  /** With zeros up to `size`. */
  #grow(size: number): void {
    this.#whole = undefined;
    for (let at = this.#size; at < size; at += this.pageSize - (at % this.pageSize))
      this.#page(Math.floor(at / this.pageSize)).resize(
        Math.min(this.pageSize, size - Math.floor(at / this.pageSize) * this.pageSize),
      );
    this.#size = size;
  }
}

const empty = new Uint8Array(0);
