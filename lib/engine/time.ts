import type { Time } from '../container';

/** Go's zero time, which the API shows for "never". */
export const never: Time = '0001-01-01T00:00:00Z';

/** Nanoseconds since the epoch → `2026-01-05T09:00:00.12Z`: RFC 3339 in UTC, trailing zeros of the fraction left out. */
export function formatTime(nanoseconds: bigint): Time {
  const second = nanoseconds / 1_000_000_000n;
  const fraction = (nanoseconds % 1_000_000_000n).toString().padStart(9, '0').replace(/0+$/, '');
  const text = new Date(Number(second) * 1000).toISOString().slice(0, 19);
  return `${text}${fraction ? `.${fraction}` : ''}Z`;
}

/** The other way; also reads an offset (`+02:00`). Undefined when it is not a time. */
export function parseTime(text: string): bigint | undefined {
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!found) return undefined;
  const milliseconds = Date.parse(`${found[1]}${found[3]}`);
  if (Number.isNaN(milliseconds)) return undefined;
  return BigInt(milliseconds) * 1_000_000n + BigInt((found[2] ?? '').padEnd(9, '0'));
}
