import type { Clock } from '../clock';

/** Milliseconds since a moment of the clock. */
export function since(clock: Clock, start: bigint): number {
  return Number(clock.now() - start) / 1e6;
}
