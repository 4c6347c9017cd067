/** bash's history expansion at a prompt: `!!`, `!$`, `!*`, `!n`, `!-n`, `!text`. Undefined: there is no such line. */
export function recall(line: string, history: readonly string[]): string | { readonly missing: string } {
  let missing: string | undefined;
  const last = history.at(-1);
  const words = last?.split(/\s+/) ?? [];
  // What stands in single quotes or behind a backslash is left alone.
  const expanded = line.replace(
    /'[^']*'|\\.|!(?:!|\$|\*|(-?\d+)|([A-Za-z./][^\s;|&()"']*))/g,
    (whole, number: string | undefined, start: string | undefined) => {
      if (!whole.startsWith('!')) return whole;
      const found = pick(whole, number, start, history, words);
      if (found === undefined) missing ??= whole;
      return found ?? whole;
    },
  );
  return missing === undefined ? expanded : { missing };
}

function pick(
  whole: string,
  number: string | undefined,
  start: string | undefined,
  history: readonly string[],
  words: readonly string[],
): string | undefined {
  if (number !== undefined) return history.at(Number(number) < 0 ? Number(number) : Number(number) - 1);
  if (start !== undefined) return history.findLast((line) => line.startsWith(start));
  if (history.length === 0) return undefined;
  if (whole === '!!') return history.at(-1);
  return whole === '!$' ? words.at(-1) : words.slice(1).join(' ');
}
