/** Some bytes of a file, in a buffer that is copied before a write would reach what somebody else holds. */
export class Page {
  #buffer: Uint8Array;
  #size: number;
  /** Bytes before this may be in somebody's hands. */
  #shared: number;

  constructor(bytes: Uint8Array) {
    this.#buffer = bytes;
    this.#size = this.#shared = bytes.length;
  }

  /** All of it, without a copy: whoever has it keeps it as it is now. */
  hand(): Uint8Array {
    this.#shared = Math.max(this.#shared, this.#size);
    return this.#buffer.length === this.#size ? this.#buffer : this.#buffer.subarray(0, this.#size);
  }

  /** To be read at once. */
  part(offset: number, length: number): Uint8Array {
    return this.#buffer.subarray(offset, Math.min(this.#size, offset + length));
  }

  write(offset: number, bytes: Uint8Array): void {
    const end = offset + bytes.length;
    if (offset > this.#size) this.resize(offset);
    this.#reserve(Math.max(end, this.#size), offset);
    this.#buffer.set(bytes, offset);
    this.#size = Math.max(this.#size, end);
  }

  /** Cut, or grown with zeros. Bytes that a cut frees may still be in somebody's hands. */
  resize(size: number): void {
    if (size > this.#size) {
      this.#reserve(size, this.#size);
      this.#buffer.fill(0, this.#size, size);
    }
    this.#size = size;
  }

  /** Room for `size` bytes of which those from `from` on may be written. */
  #reserve(size: number, from: number): void {
    if (size <= this.#buffer.length && from >= this.#shared) return;
    const room = size <= this.#buffer.length ? this.#buffer.length : Math.max(size, this.#buffer.length * 2);
    const buffer = new Uint8Array(room);
    buffer.set(this.#buffer.subarray(0, Math.min(this.#size, size)));
    this.#buffer = buffer;
    this.#shared = 0;
  }
}
