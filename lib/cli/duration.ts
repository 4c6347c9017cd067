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

/** Go's `time.ParseDuration`: `1h15m30.5s` → nanoseconds. */
export function parseDuration(text: string): number {
  const fail = (reason = 'invalid duration') => new Error(`time: ${reason} ${JSON.stringify(text)}`);
  if (text === '0' || text === '+0' || text === '-0') return 0;
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/.exec(text) ?? [];
  if (!rest) throw fail();
  let total = 0;
  let at = 0;
  const form = /(\d+\.?\d*|\.\d+)([^\d.]*)/y;
  while (at < rest.length) {
    form.lastIndex = at;
    const found = form.exec(rest);
    if (!found) throw fail();
    const [whole, number, unit] = found;
    if (!unit) throw fail('missing unit in duration');
    const scale = units[unit];
    if (scale === undefined)
      throw new Error(`time: unknown unit ${JSON.stringify(unit)} in duration ${JSON.stringify(text)}`);
    total += Number(number) * scale;
    at += whole.length;
  }
  return Math.round(sign === '-' ? -total : total);
}
