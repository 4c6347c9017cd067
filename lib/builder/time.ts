import type { Clock } from '../clock';

/** RFC 3339 with nanoseconds, UTC, as Go writes it: no zeros at the end. */
export function timeText(nanoseconds: bigint): string {
  const seconds = new Date(Number(nanoseconds / 1_000_000n)).toISOString().slice(0, 19);
  const fraction = (nanoseconds % 1_000_000_000n).toString().padStart(9, '0').replace(/0+$/, '');
  return `${seconds}${fraction ? `.${fraction}` : ''}Z`;
}

/** Milliseconds since a moment of the clock. */
export function since(clock: Clock, start: bigint): number {
  return Number(clock.now() - start) / 1e6;
}
