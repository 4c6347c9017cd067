/** The value below which that share of them lies; 0 of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** To two decimals. */
export const rounded = (value: number): number => Math.round(value * 100) / 100;

/** The whole number after an option, or what is usual. */
export function number(words: readonly string[], option: string, usual: number): number {
  const at = words.indexOf(option);
  const value = at < 0 ? usual : Number(words[at + 1]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${option} wants a whole number`);
  return value;
}
