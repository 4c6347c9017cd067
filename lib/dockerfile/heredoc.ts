import { expand, noVariables } from './expand';

/** `<<NAME` and the lines up to the one that is NAME alone. */
export interface Heredoc {
  readonly name: string;
  readonly content: string;
  /** Variables in the content are to be expanded: the name was not quoted. */
  readonly expand: boolean;
  /** `<<-`: leading tabs do not belong to the content. */
  readonly chomp: boolean;
  /** Of `4<<NAME`; 0 when there is none. */
  readonly fileDescriptor: number;
}

export type HeredocMark = Omit<Heredoc, 'content'>;

/** Reads one word. Undefined when it is none; throws an ExpansionError when its quotes do not match. */
export function readHeredocMark(word: string): HeredocMark | undefined {
  const match = /^(\d*)<<(-?)\s*([^<]*)$/.exec(word);
  const rest = match?.[3] ?? '';
  if (!match || rest === '') return undefined;
  const { words } = expand(rest, noVariables, { keepUnset: true });
  if (words.length !== 1) return undefined;
  const quoted = expand(rest, noVariables, { keepUnset: true, rawQuotes: true }).words[0];
  const name = words[0]!;
  return { name, expand: quoted === name, chomp: match[2] === '-', fileDescriptor: Number(match[1]) };
}

/** The heredocs that a line announces. `<< NAME` counts as one. A line with unmatched quotes announces none. */
export function heredocMarks(line: string): HeredocMark[] {
  let words: readonly string[];
  try {
    words = expand(line, noVariables, { keepUnset: true, rawQuotes: true, rawEscapes: true }).words;
  } catch {
    return [];
  }
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    if (before !== undefined && /^\d*<<-?$/.test(before)) joined[joined.length - 1] = `${before} ${word}`;
    else joined.push(word);
  }
  return joined.map(readHeredocMark).filter((mark) => mark !== undefined);
}

/** Takes away the tabs that begin lines. */
export function chomped(content: string): string {
  return content.replace(/^\t+/gm, '');
}
