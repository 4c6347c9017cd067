/**
 * Who reads a container's output and who may write to its stdin, while it runs and before it starts.
 *
 * A hub belongs to a container's id: `docker run` attaches first and starts then, so that nothing is missed. Output goes to
 * the clients one after another and waits for the slowest, as a pipe would. A client that leaves takes nothing with it.
 */
export type Stream = 'stdout' | 'stderr';

export interface AttachClient {
  /** Where output goes; absent when the client only watches for the end. */
  readonly output?: (stream: Stream, bytes: Uint8Array) => void | Promise<void>;
  /** The container's output is over: it ended. */
  readonly ended?: () => void;
}

export class Hub {
  readonly #clients = new Set<AttachClient>();

  add(client: AttachClient): () => void {
    this.#clients.add(client);
    return () => void this.#clients.delete(client);
  }

  async output(stream: Stream, bytes: Uint8Array): Promise<void> {
    for (const client of [...this.#clients]) await client.output?.(stream, bytes);
  }

  end(): void {
    for (const client of [...this.#clients]) client.ended?.();
    this.#clients.clear();
  }

  get size(): number {
    return this.#clients.size;
  }
}
