import type { Time } from '../container';

export { formatTime } from '../clock';

/** Go's zero time, which the API shows for "never". */
export const never: Time = '0001-01-01T00:00:00Z';

/** Back from what `formatTime` wrote; also reads an offset (`+02:00`). Undefined when it is not a time. */
export function parseTime(text: string): bigint | undefined {
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!found) return undefined;
  const milliseconds = Date.parse(`${found[1]}${found[3]}`);
  if (Number.isNaN(milliseconds)) return undefined;
  return BigInt(milliseconds) * 1_000_000n + BigInt((found[2] ?? '').padEnd(9, '0'));
}
