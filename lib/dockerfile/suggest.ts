/** How many single-character edits lead from one word to the other (Levenshtein). */
export function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const change = previous[column - 1]! + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(change, previous[column]! + 1, current[column - 1]! + 1));
    }
    previous = current;
  }
  return previous[to.length]!;
}

/** Words longer than this are nobody's typo (and would cost time). */
const longest = 64;

/**
 * The option that was probably meant: at most two edits away. None when the word is an option itself. An option offered for
 * a word in capitals is in capitals.
 */
export function suggest(word: string, options: Iterable<string>, caseSensitive = false): string | undefined {
  if (word.length > longest) return undefined;
  const wanted = caseSensitive ? word : word.toLowerCase();
  let best: string | undefined;
  let bestDistance = 3;
  for (const option of options) {
    const candidate = caseSensitive ? option : option.toLowerCase();
    if (candidate === wanted) return undefined;
    if (Math.abs(candidate.length - wanted.length) >= bestDistance) continue;
    const distance = editDistance(wanted, candidate);
    if (distance < bestDistance) [best, bestDistance] = [option, distance];
  }
  if (best === undefined || caseSensitive) return best;
  return word === word.toUpperCase() && word !== word.toLowerCase() ? best.toUpperCase() : best;
}

/** ` (did you mean FROM?)`, or nothing. */
export function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : ` (did you mean ${suggestion}?)`;
}
