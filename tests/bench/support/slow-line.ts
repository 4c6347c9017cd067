import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface SlowLineOptions {
  /** Port on this computer to which everything goes. */
  readonly to: number;
  /** Milliseconds from one end to the other and back. */
  readonly roundTripMs: number;
  /** Bits a second, of all connections together. */
  readonly down: number;
  readonly up: number;
}

/** One direction of a line: pieces leave one after another at its rate, and arrive half a round trip later. */
class Direction {
  #free = 0;

  constructor(
    readonly bits: number,
    readonly delayMs: number,
  ) {}

  /** When the last bit of so many bytes arrives, by performance.now(). */
  carry(bytes: number): number {
    this.#free = Math.max(this.#free, performance.now()) + (bytes * 8000) / this.bits;
    return this.#free + this.delayMs;
  }
}

/** As much as is sent in one piece: small, so that connections share the line. */
const piece = 1460;

/**
 * A slow line in front of a server, by packets: every connection costs a round trip before its first byte, and every byte
 * half of one and its share of the rate. Nothing is lost, and a sender need not start slowly.
 */
export async function slowLine({ to, roundTripMs, down, up }: SlowLineOptions) {
  const downward = new Direction(down, roundTripMs / 2);
  const upward = new Direction(up, roundTripMs / 2);
  const server = createServer(async (near) => {
    near.setNoDelay(true);
    near.on('error', () => near.destroy());
    await sleep(roundTripMs);
    const far = connect(to, '127.0.0.1');
    far.setNoDelay(true);
    far.on('error', () => far.destroy());
    void pass(near, far, upward);
    void pass(far, near, downward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as { port: number }).port, close: () => void server.close() };
}

async function pass(from: Socket, into: Socket, line: Direction): Promise<void> {
  let arrived = Promise.resolve();
  const under: Promise<void>[] = [];
  try {
    for await (const chunk of from as AsyncIterable<Buffer>)
      for (let at = 0; at < chunk.length; at += piece) {
        const bytes = chunk.subarray(at, at + piece);
        const due = line.carry(bytes.length);
        // One after another: timers of the same moment need not ring in order.
        arrived = arrived.then(() => deliver(bytes, into, due));
        under.push(arrived);
        // What is on the way is kept in bounds, as a socket's window does.
        if (under.length > 64) await under.shift();
      }
  } catch {
    // The other end went away.
  }
  await arrived;
  into.end();
}

async function deliver(bytes: Buffer, into: Socket, due: number): Promise<void> {
  const wait = due - performance.now();
  if (wait > 0.5) await sleep(wait);
  if (into.writable) into.write(bytes);
}
