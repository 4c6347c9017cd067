/** A stretch of bytes, end excluded. */
export type Range = readonly [start: number, end: number];

/** More pieces than this are joined, nearest first: a list that grows with random writes would cost more than it saves. */
const most = 16;

/** Adds a stretch to a sorted list of stretches that neither touch nor overlap; answers such a list. */
export function addRange(ranges: readonly Range[], start: number, end: number): Range[] {
  if (start >= end) return ranges as Range[];
  const before = ranges.filter((range) => range[1] < start);
  const after = ranges.filter((range) => range[0] > end);
  const touched = ranges.slice(before.length, ranges.length - after.length);
  const from = Math.min(start, touched[0]?.[0] ?? start);
  const to = Math.max(end, touched.at(-1)?.[1] ?? end);
  const merged = [...before, [from, to] as Range, ...after];
  return merged.length > most ? joinNearest(merged) : merged;
}

function joinNearest(ranges: readonly Range[]): Range[] {
  let best = 1;
  const gap = (at: number) => ranges[at]![0] - ranges[at - 1]![1];
  for (let at = 2; at < ranges.length; at++) if (gap(at) < gap(best)) best = at;
  return [...ranges.slice(0, best - 1), [ranges[best - 1]![0], ranges[best]![1]], ...ranges.slice(best + 1)];
}

/** What is left below `limit`. */
export function cutRanges(ranges: readonly Range[], limit: number): Range[] {
  return ranges.filter((range) => range[0] < limit).map(([start, end]) => [start, Math.min(end, limit)]);
}
