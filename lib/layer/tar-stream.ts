import { Failure } from '../errors';
import { blockSize, padded, type TarHeader } from './tar-entry';
import { HeaderReader } from './tar-read';

/** Bytes that come in pieces, taken in whatever lengths are wanted. */
export class ChunkReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Exactly so many, or what is left before the end. */
  async take(count: number): Promise<Uint8Array> {
    if (this.#rest.length >= count) return this.#cut(count);
    const whole = new Uint8Array(count);
    let at = 0;
    for await (const part of this.pass(count)) {
      whole.set(part, at);
      at += part.length;
    }
    return at === count ? whole : whole.subarray(0, at);
  }

  /** So many in the pieces they come in; fewer when the end is reached before. */
  async *pass(count: number): AsyncGenerator<Uint8Array> {
    for (let left = count; left > 0; ) {
      if (this.#rest.length === 0 && !(await this.#more())) return;
      const part = this.#cut(Math.min(left, this.#rest.length));
      left -= part.length;
      yield part;
    }
  }

  #cut(count: number): Uint8Array {
    const part = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    return part;
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done) return false;
    this.#rest = next.value;
    return true;
  }

  /** Tells the source that no more is wanted. */
  async end(): Promise<void> {
    await this.#chunks.return?.();
  }
}

export interface StreamedEntry {
  readonly header: TarHeader;
  /** Must be taken to its end, or not at all, before the next entry is asked for. */
  readonly data: AsyncIterable<Uint8Array>;
}

/** The entries of a tar archive that streams by: as `readTar`, and it holds no file's bytes. */
export async function* readTarStream(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<StreamedEntry> {
  const source = new ChunkReader(chunks);
  const headers = new HeaderReader();
  let last = '';
  try {
    for (;;) {
      const raw = await source.take(blockSize);
      if (raw.length < blockSize) throw new Failure('corrupt', `the tar archive ends too early, after "${last}"`);
      const block = headers.block(raw);
      if (block.type === 'zero') return;
      if (block.type === 'meta') {
        const bytes = await source.take(padded(block.size));
        if (bytes.length < block.size) throw new Failure('corrupt', `the tar archive ends within "${last}"`);
        headers.meta(bytes.subarray(0, block.size));
        continue;
      }
      last = block.header.name;
      const body = new EntryBody(source, block.header);
      yield { header: block.header, data: body };
      await body.skip();
    }
  } finally {
    await source.end();
  }
}

class EntryBody implements AsyncIterable<Uint8Array> {
  #left: number;

  constructor(
    readonly source: ChunkReader,
    readonly header: TarHeader,
  ) {
    this.#left = header.size;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const part of this.source.pass(this.#left)) {
      this.#left -= part.length;
      yield part;
    }
    if (this.#left > 0) throw new Failure('corrupt', `the tar archive ends within "${this.header.name}"`);
  }

  async skip(): Promise<void> {
    for await (const _ of this);
    const { size } = this.header;
    await this.source.take(padded(size) - size);
  }
}
