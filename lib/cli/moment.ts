import { parseTime } from '../engine';
import { parseDuration } from './duration';

/**
 * A moment as people give it to `--since` and `--until`: `10m` ago, a Unix time with a fraction, a date, a date and time, or
 * RFC 3339. Nanoseconds since the epoch; undefined when it is none of them.
 */
export function momentOf(text: string, now: bigint): bigint | undefined {
  const ago = duration(text);
  if (ago !== undefined) return now - BigInt(ago);
  const unix = /^(\d+)(?:\.(\d{1,9}))?$/.exec(text);
  if (unix) return BigInt(unix[1]!) * 1_000_000_000n + BigInt((unix[2] ?? '').padEnd(9, '0'));
  const date = /^(\d{4}-\d\d-\d\d)(?:T(\d\d)(?::(\d\d))?(?::(\d\d)(\.\d{1,9})?)?)?(Z|[+-]\d\d:\d\d)?$/.exec(text);
  if (!date) return undefined;
  const [, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = date;
  return parseTime(`${day}T${hour}:${minute}:${second}${fraction}${zone}`);
}

function duration(text: string): number | undefined {
  try {
    return /[a-zµμ]/.test(text) ? parseDuration(text) : undefined;
  } catch {
    return undefined;
  }
}
