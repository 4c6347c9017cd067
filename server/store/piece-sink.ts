import { randomUUID } from 'node:crypto';
import type { Digest } from '../../lib/content';
import { Failure } from '../../lib/errors';
import type { BlobSink, BlobWriter } from '../../lib/image';
import { pieceBytes } from './blob-store';

/** A blob that lies aside in pieces. */
export interface Aside {
  /** The name under which its pieces lie. */
  readonly of: string;
  readonly digest: Digest;
  readonly size: number;
}

/** What a store does for a sink. Each resolves when it is durable. */
export interface Pieces {
  write(of: string, at: number, bytes: Uint8Array): Promise<unknown>;
  /** All of them, or none. What is there already stays as it is. */
  adopt(blobs: readonly Aside[]): Promise<unknown>;
  discard(of: readonly string[]): Promise<unknown>;
}

/** Holds one piece of each blob that is being written; the store has the others. */
export class PieceSink implements BlobSink {
  readonly #begun = new Set<string>();
  readonly #ended = new Map<Digest, Aside>();

  constructor(private readonly pieces: Pieces) {}

  begin(): BlobWriter {
    const of = randomUUID();
    this.#begun.add(of);
    const piece = new Uint8Array(pieceBytes);
    let [held, count, size] = [0, 0, 0];
    const flush = async () => {
      if (held) await this.pieces.write(of, count++, piece.subarray(0, held));
      held = 0;
    };
    return {
      write: async (bytes) => {
        size += bytes.length;
        for (let at = 0; at < bytes.length; ) {
          const part = bytes.subarray(at, at + pieceBytes - held);
          piece.set(part, held);
          held += part.length;
          at += part.length;
          if (held === pieceBytes) await flush();
        }
      },
      end: async (digest) => {
        await flush();
        this.#ended.set(digest, { of, digest, size });
      },
    };
  }

  async commit(digests: readonly Digest[]): Promise<void> {
    const kept = [...new Set(digests)].flatMap((digest) => this.#ended.get(digest) ?? []);
    if (kept.length < new Set(digests).size) throw new Failure('internal', 'a blob is to be kept that was not written');
    await this.pieces.adopt(kept);
    for (const { of } of kept) this.#begun.delete(of);
    await this.abort();
  }

  async abort(): Promise<void> {
    const left = [...this.#begun];
    this.#begun.clear();
    this.#ended.clear();
    if (left.length) await this.pieces.discard(left);
  }
}
