/** sub, gsub and busybox's gensub. */
import type { Found, Regex } from '../../pattern';

/** What is put for a match, once it is known. */
export type Replacement = (found: Found) => string;

/** `&` is the match, `\&` an ampersand, `\\` a backslash; with `groups` `\0` to `\9` are the match's own. */
export function replacementOf(text: string, groups = false): Replacement {
  if (!/[&\\]/.test(text)) return () => text;
  return (found) =>
    text.replace(/\\([0-9\\&])|&/g, (whole, after: string | undefined) => {
      if (after === undefined) return found.text;
      if (!/\d/.test(after)) return after;
      return groups ? (found.groups[Number(after)] ?? '') : whole;
    });
}

interface Substituted {
  readonly text: string;
  readonly count: number;
}

/**
 * Replaces the match that `which` says (from 1), or all of them. `behind`: a match of nothing may stand right behind another,
 * as busybox has it.
 */
export function substitute(
  text: string,
  regex: Regex,
  replacement: Replacement,
  which: number | 'all',
  behind: boolean,
): Substituted {
  let [result, from, count] = ['', 0, 0];
  for (const found of behind ? everywhere(text, regex) : regex.all(text)) {
    count++;
    if (which !== 'all' && count < which) continue;
    result += text.slice(from, found.index) + replacement(found);
    from = found.end;
    if (which !== 'all') return { text: result + text.slice(from), count: 1 };
  }
  return which === 'all' ? { text: result + text.slice(from), count } : { text, count: 0 };
}

function* everywhere(text: string, regex: Regex): Generator<Found> {
  for (let from = 0; from <= text.length; ) {
    const found = regex.exec(text, { from });
    if (!found) return;
    yield found;
    from = found.end > found.index ? found.end : found.end + 1;
  }
}
