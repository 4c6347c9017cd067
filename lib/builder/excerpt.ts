import type { LineRange } from '../dockerfile';

/** The lines that a message is about, with what stands around them, as BuildKit prints them. Empty without a place. */
export function excerpt(name: string, text: string, range: LineRange | undefined): string {
  if (!range) return '';
  const lines = text.split('\n');
  const end = Math.min(range.end, lines.length);
  if (range.start > lines.length || range.start < 1) return '';
  const [first, last] = shown(range.start, end, lines.length);
  const rule = '-'.repeat(20);
  const rows = lines.slice(first - 1, last).map((line, index) => {
    const number = first + index;
    const mark = number >= range.start && number <= end ? '>>> ' : '    ';
    return `${String(number).padStart(4)} | ${mark}${line}`;
  });
  return [`${name}:${range.start}`, rule, ...rows, rule, ''].join('\n');
}

/**
 * A few lines on each side: two beside one line, one beside several. (BuildKit, solver/errdefs/source.go counts both sides
 * and the rounds together, so that at an edge there is not more of the other side.)
 */
function shown(from: number, to: number, count: number): [number, number] {
  let [first, last] = [from, to];
  const enough = from === to ? 4 : 2;
  for (let added = 0; added < enough; added += 1) {
    if (first > 1) {
      first -= 1;
      added += 1;
    }
    if (last !== count) {
      last += 1;
      added += 1;
    }
  }
  return [first, last];
}
