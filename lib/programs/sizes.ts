/** Sizes in words, as busybox (`-h`: 1.5K, 12.0M) and coreutils (1.5K, 12M) write them. */
import type { Dialect } from './run';

const units = ['', 'K', 'M', 'G', 'T', 'P'];

export function humanSize(bytes: number, dialect: Dialect): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  if (unit === 0) return String(bytes);
  if (dialect === 'busybox') return `${(Math.round(value * 10) / 10).toFixed(1)}${units[unit]}`;
  // coreutils rounds up, and keeps a decimal below ten.
  const tenths = Math.ceil(value * 10) / 10;
  return tenths < 10 ? `${tenths.toFixed(1)}${units[unit]}` : `${Math.ceil(value)}${units[unit]}`;
}

/** `10k`, `1M`, `2b`… → bytes. Undefined when it is no such number. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+)([a-zA-Z]*)$/.exec(text);
  if (!match) return undefined;
  const factor = suffixes[match[2]!];
  return factor === undefined ? undefined : Number(match[1]) * factor;
}

const suffixes: Readonly<Record<string, number>> = {
  '': 1,
  c: 1,
  w: 2,
  b: 512,
  kB: 1000,
  kD: 1000,
  k: 1024,
  K: 1024,
  KiB: 1024,
  MB: 1e6,
  MD: 1e6,
  m: 1024 ** 2,
  M: 1024 ** 2,
  MiB: 1024 ** 2,
  GB: 1e9,
  g: 1024 ** 3,
  G: 1024 ** 3,
  GiB: 1024 ** 3,
  T: 1024 ** 4,
};
