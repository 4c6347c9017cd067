/** Sets of characters, as code points: ranges [from, to] in their order, none touching another. */
export type Characters = readonly (readonly [from: number, to: number])[];

const last = 0x10ffff;

export const every: Characters = [[0, last]];

/** Ranges in any order, overlapping or not. */
export function union(ranges: Characters): Characters {
  const out: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const before = out.at(-1);
    if (before && from <= before[1] + 1) before[1] = Math.max(before[1], to);
    else out.push([from, to]);
  }
  return out;
}

export function negate(characters: Characters): Characters {
  const out: [number, number][] = [];
  let next = 0;
  for (const [from, to] of characters) {
    if (from > next) out.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= last) out.push([next, last]);
  return out;
}

export function includes(characters: Characters, code: number): boolean {
  return characters.some(([from, to]) => code >= from && code <= to);
}

/** Letters that have another case, with it. Made when first asked for. */
let cases: readonly (readonly [code: number, other: number])[] | undefined;

function allCases(): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (let code = 0; code < 0x1e944; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const letter = String.fromCodePoint(code);
    for (const other of [letter.toLowerCase(), letter.toUpperCase()])
      if (other !== letter && [...other].length === 1) found.push([code, other.codePointAt(0)!]);
  }
  return found;
}

const isPlain = ([from, to]: readonly [number, number]) => to < 0x80 || from > 0x1e943;

/** With the other case of each letter. */
export function foldCase(characters: Characters): Characters {
  if (characters.every(isPlain)) return union([...characters, ...characters.flatMap(otherAscii)]);
  cases ??= allCases();
  return union([
    ...characters,
    ...cases.filter(([code]) => includes(characters, code)).map(([, other]) => [other, other] as const),
  ]);
}

function otherAscii([from, to]: readonly [number, number]): (readonly [number, number])[] {
  const shifted = (low: number, high: number, by: number) =>
    from <= high && to >= low ? [[Math.max(from, low) + by, Math.min(to, high) + by] as const] : [];
  return [...shifted(0x41, 0x5a, 32), ...shifted(0x61, 0x7a, -32)];
}

const ranges = (text: string): Characters =>
  union(Array.from(text.matchAll(/(.)-(.)|(.)/gs), ([, from, to, one]) => codes(from ?? one!, to ?? one!)));
const codes = (from: string, to: string) => [from.codePointAt(0)!, to.codePointAt(0)!] as const;

const space = ranges(' \t\n\r\f\v');
const punctuation: Characters = [
  [0x21, 0x2f],
  [0x3a, 0x40],
  [0x5b, 0x60],
  [0x7b, 0x7e],
];

/** What `[:name:]` stands for. Letters are those of ASCII, as in the locale that containers have. */
export const classes: Readonly<Record<string, Characters>> = {
  alpha: ranges('a-zA-Z'),
  digit: ranges('0-9'),
  alnum: ranges('a-zA-Z0-9'),
  upper: ranges('A-Z'),
  lower: ranges('a-z'),
  space,
  blank: ranges(' \t'),
  punct: punctuation,
  cntrl: [
    [0, 0x1f],
    [0x7f, 0x7f],
  ],
  print: [
    [0x20, 0x7e],
    [0xa0, last],
  ],
  graph: [
    [0x21, 0x7e],
    [0xa1, last],
  ],
  xdigit: ranges('0-9A-Fa-f'),
};

export const word: Characters = ranges('a-zA-Z0-9_');
export const newline: Characters = [[10, 10]];
export const just = (code: number): Characters => [[code, code]];
