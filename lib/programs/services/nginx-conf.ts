/** nginx's configuration language: directives with words, blocks of directives, includes. */
export interface Directive {
  readonly name: string;
  readonly words: readonly string[];
  readonly block?: readonly Directive[];
  readonly file: string;
  readonly line: number;
}

export class ConfFault extends Error {
  constructor(
    message: string,
    readonly file: string,
    readonly line: number,
  ) {
    super(message);
  }
}

interface Token {
  readonly text: string;
  readonly line: number;
  readonly quoted: boolean;
}

function tokens(text: string, file: string): Token[] {
  const found: Token[] = [];
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const character = text[at]!;
    if (character === '\n') line++;
    if (/\s/.test(character)) at++;
    else if (character === '#') while (at < text.length && text[at] !== '\n') at++;
    else if (/[{};]/.test(character)) {
      found.push({ text: character, line, quoted: false });
      at++;
    } else if (character === '"' || character === "'") {
      const end = closing(text, at, character);
      if (end < 0) throw new ConfFault(`unexpected end of file, expecting ";" or "}"`, file, line);
      const inside = text.slice(at + 1, end);
      found.push({
        text: inside.replace(/\\(.)/g, (_, letter: string) => ({ n: '\n', t: '\t', r: '\r' })[letter] ?? letter),
        line,
        quoted: true,
      });
      line += inside.split('\n').length - 1;
      at = end + 1;
    } else {
      const word = /^(?:\$\{\w+\}|\\.|[^\s{};"'])+/.exec(text.slice(at))?.[0] ?? character;
      found.push({ text: word, line, quoted: false });
      at += word.length;
    }
  }
  return found;
}

function closing(text: string, at: number, quote: string): number {
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === '\\') end++;
    else if (text[end] === quote) return end;
  }
  return -1;
}

/** `include` gives the files that a pattern stands for. */
export function parseConf(
  file: string,
  text: string,
  include: (pattern: string) => readonly (readonly [file: string, text: string])[],
): Directive[] {
  const all = tokens(text, file);
  let at = 0;

  const read = (nested: boolean): Directive[] => {
    const directives: Directive[] = [];
    for (;;) {
      const first = all[at];
      if (!first) {
        if (nested) throw new ConfFault('unexpected end of file, expecting "}"', file, text.split('\n').length);
        return directives;
      }
      at++;
      if (first.text === '}' && !first.quoted) {
        if (!nested) throw new ConfFault('unexpected "}"', file, first.line);
        return directives;
      }
      if (/^[{;]$/.test(first.text) && !first.quoted)
        throw new ConfFault(`unexpected "${first.text}"`, file, first.line);
      directives.push(...directive(first));
    }
  };

  const directive = (first: Token): Directive[] => {
    const words: string[] = [];
    for (;;) {
      const token = all[at++];
      if (!token) throw new ConfFault('unexpected end of file, expecting ";" or "}"', file, text.split('\n').length);
      if (!token.quoted && token.text === '}') throw new ConfFault('unexpected "}"', file, token.line);
      if (!token.quoted && token.text === '{')
        return [{ name: first.text, words, block: read(true), file, line: first.line }];
      if (!token.quoted && token.text === ';') break;
      words.push(token.text);
    }
    if (first.text !== 'include') return [{ name: first.text, words, file, line: first.line }];
    const found = include(words[0] ?? '');
    if (found.length === 0 && !/[*?]/.test(words[0] ?? ''))
      throw new ConfFault(`open() "${words[0]}" failed (2: No such file or directory)`, file, first.line);
    return found.flatMap(([path, inner]) => parseConf(path, inner, include));
  };

  return read(false);
}
