import { type ContentStore, type Digest, digestOf } from '../content';

/**
 * Where the blobs of one import go while it runs.
 *
 * Life: `begin` a blob, write it, `end` it under the digest that it turned out to have → it is set aside → `commit` keeps those
 * that are named and forgets the others, or `abort` forgets all. Until then nobody else sees them, so nothing half-imported
 * stays. It may answer at once or take its time; the import waits.
 */
export interface BlobSink {
  /** `size` when it is known beforehand. */
  begin(size?: number): BlobWriter;
  commit(digests: readonly Digest[]): Promise<void> | void;
  abort(): Promise<void> | void;
}

export interface BlobWriter {
  /** The bytes are the writer's to keep; nobody writes to them afterwards. */
  write(bytes: Uint8Array): Promise<void> | void;
  end(digest: Digest): Promise<void> | void;
}

/** Sets blobs aside in memory and puts those that stay into a content store. */
export class ContentSink implements BlobSink {
  readonly #content: ContentStore;
  readonly #aside = new Map<Digest, Uint8Array>();

  constructor(content: ContentStore) {
    this.#content = content;
  }

  begin(size?: number): BlobWriter {
    let bytes = new Uint8Array(size ?? 1 << 16);
    let length = 0;
    return {
      write: (part) => {
        if (length + part.length > bytes.length) bytes = grown(bytes, length + part.length);
        bytes.set(part, length);
        length += part.length;
      },
      end: (digest) => void this.#aside.set(digest, length === bytes.length ? bytes : bytes.slice(0, length)),
    };
  }

  commit(digests: readonly Digest[]): void {
    for (const digest of digests) {
      const bytes = this.#aside.get(digest);
      if (!bytes || this.#content.has(digest)) continue;
      if (this.#content.adopt) this.#content.adopt(digest, bytes);
      else this.#content.put(bytes);
    }
    this.#aside.clear();
  }

  abort(): void {
    this.#aside.clear();
  }
}

function grown(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const more = new Uint8Array(Math.max(size, bytes.length * 2));
  more.set(bytes);
  return more;
}

/** Writes bytes that are at hand. */
export async function writeBlob(sink: BlobSink, bytes: Uint8Array): Promise<Digest> {
  const digest = digestOf(bytes);
  const writer = sink.begin(bytes.length);
  await writer.write(bytes);
  await writer.end(digest);
  return digest;
}
