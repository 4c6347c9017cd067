const units: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** A duration in Go's form (`1m30s`, `0.5h`, `-2s`, `0`) in nanoseconds; undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  const sign = text.startsWith('-') ? -1 : 1;
  const bare = text.replace(/^[-+]/, '');
  if (bare === '0') return 0;
  const part = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;
  let total = 0;
  while (part.lastIndex < bare.length) {
    const match = part.exec(bare);
    if (!match) return undefined;
    total += Number(match[1]) * units[match[2]!]!;
  }
  return bare === '' ? undefined : sign * Math.round(total);
}
