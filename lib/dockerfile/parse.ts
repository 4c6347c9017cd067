import { isSpace, quote, splitBlanks, trim, trimEndOf, trimStart } from './characters';
import { type Directive, DirectiveReader, type EscapeToken } from './directives';
import { DockerfileError, type LineRange } from './error';
import { type Heredoc, heredocMarks } from './heredoc';
import { readJsonArray } from './json-array';
import type { KeyValue, Node } from './node';
import { splitFlags, splitWords } from './words';

/** Text → nodes. Knows how each instruction's words are separated, and nothing of what they mean. */
export interface ParsedText {
  readonly nodes: readonly Node[];
  readonly directives: readonly Directive[];
  readonly escape: EscapeToken;
  /** Where an instruction that has an empty continuation line ends: a line number each. */
  readonly emptyContinuations: readonly number[];
}

/** BuildKit's line scanner refuses longer lines (bytes, line end included). */
const longestLine = 65_536;

export function parseText(text: string): ParsedText {
  return new TextReader(text).read();
}

class TextReader {
  readonly #lines: readonly string[];
  readonly #directives = new DirectiveReader();
  readonly #nodes: Node[] = [];
  readonly #emptyContinuations: number[] = [];
  #comments: string[] = [];
  #current = 0;

  constructor(text: string) {
    this.#lines = text.replace(/^\ufeff/, '').match(/[^\n]*\n|[^\n]+$/g) ?? [];
  }

  read(): ParsedText {
    if (this.#lines.length === 0) throw new DockerfileError('the Dockerfile cannot be empty');
    for (let line = this.#take(); line !== undefined; line = this.#take()) this.#begin(line);
    if (this.#nodes.length === 0) throw new DockerfileError('file with no instructions', at(this.#current));
    return {
      nodes: this.#nodes,
      directives: this.#directives.found,
      escape: this.#directives.escape,
      emptyContinuations: this.#emptyContinuations,
    };
  }

  #take(): string | undefined {
    const line = this.#lines[this.#current];
    if (line === undefined) return undefined;
    if (line.length >= longestLine / 4 && new TextEncoder().encode(line).length > longestLine) {
      const before = this.#current > 0 ? at(this.#current) : undefined;
      throw new DockerfileError('dockerfile line greater than max allowed size of 65535', before);
    }
    this.#current += 1;
    return line;
  }

  #begin(raw: string): void {
    const start = this.#current;
    const line = trimStart(trimNewline(raw));
    if (line.startsWith('#')) this.#comments.push(trim(line.slice(1)));
    else if (line === '') this.#comments = [];
    this.#directives.read(line, start);
    const first = this.#withoutContinuation(line.startsWith('#') ? '' : line);
    if (!first.continues && first.text === '') return;
    const text = first.continues ? first.text + this.#continuation() : first.text;
    this.#finish(text, start);
  }

  #continuation(): string {
    let text = '';
    let empty = false;
    for (let raw = this.#take(); raw !== undefined; raw = this.#take()) {
      const line = trimNewline(raw);
      const bare = trimStart(line);
      if (bare.startsWith('#')) continue;
      if (bare === '') {
        empty = true;
        continue;
      }
      const part = this.#withoutContinuation(line);
      text += part.text;
      if (!part.continues) break;
    }
    if (empty) this.#emptyContinuations.push(this.#current);
    return text;
  }

  /** The line without its last escape token, when that continues it. Two escape tokens do not. */
  #withoutContinuation(line: string): { text: string; continues: boolean } {
    const token = this.#directives.escape;
    const bare = trimEndOf(line, ' \t');
    const continues = bare.endsWith(token) && bare.at(-2) !== token;
    return continues ? { text: bare.slice(0, -1), continues } : { text: line, continues };
  }

  #finish(text: string, start: number): void {
    const comments = this.#comments;
    const before = { start, end: this.#current };
    const node = readNode(text, this.#directives.escape, before);
    const heredocs = takesHeredocs(node) && text.includes('<<') ? this.#heredocs(text, start) : [];
    this.#nodes.push({ ...node, heredocs, range: { start, end: this.#current }, comments });
    this.#comments = [];
  }

  #heredocs(line: string, start: number): Heredoc[] {
    return heredocMarks(line).map((mark) => {
      let content = '';
      for (let raw = this.#take(); raw !== undefined; raw = this.#take()) {
        const bare = trimNewline(raw);
        if ((mark.chomp ? bare.replace(/^\t+/, '') : bare) === mark.name) return { ...mark, content };
        content += raw;
      }
      throw new DockerfileError('unterminated heredoc', { start, end: this.#current });
    });
  }
}

function at(line: number): LineRange {
  return { start: line, end: line };
}

function trimNewline(line: string): string {
  return trimEndOf(line, '\r\n');
}

function takesHeredocs(node: Node): boolean {
  const target = node.child ?? node;
  return /^(add|copy|run)$/i.test(target.name) && !target.json;
}

function readNode(line: string, token: EscapeToken, range: LineRange): Node {
  const [name = '', tail] = splitBlanks(trim(line), 2);
  const { flags, rest } = splitFlags(tail ?? '');
  const words = readArguments(name.toLowerCase(), trim(rest), token, range);
  return {
    name,
    flags,
    words: [],
    pairs: [],
    json: false,
    heredocs: [],
    original: line,
    range,
    comments: [],
    ...words,
  };
}

type Arguments = Partial<Pick<Node, 'words' | 'pairs' | 'json' | 'child'>>;

function readArguments(name: string, rest: string, token: EscapeToken, range: LineRange): Arguments {
  switch (name) {
    case 'add':
    case 'copy':
    case 'volume':
      return jsonOr(rest, range, blankSeparated);
    case 'cmd':
    case 'entrypoint':
    case 'run':
    case 'shell':
      return jsonOr(rest, range, whole);
    case 'env':
    case 'label':
      return { pairs: keyValues(rest, name.toUpperCase(), token, range) };
    case 'arg':
      return { words: splitWords(rest, token) };
    case 'expose':
    case 'from':
      return { words: blankSeparated(rest) };
    case 'healthcheck':
      return healthcheck(rest, range);
    case 'onbuild':
      return rest === '' ? {} : { child: readNode(rest, token, range) };
    default:
      return { words: whole(rest) };
  }
}

function whole(rest: string): string[] {
  return rest === '' ? [] : [rest];
}

function blankSeparated(rest: string): string[] {
  return rest === '' ? [] : splitBlanks(rest);
}

function jsonOr(rest: string, range: LineRange, otherwise: (rest: string) => string[]): Arguments {
  const array = readJsonArray(rest);
  if (array.kind === 'strings') return { words: array.values, json: true };
  if (array.kind === 'not-json') return { words: otherwise(rest) };
  throw new DockerfileError('when using JSON array syntax, arrays must be comprised of strings only', range);
}

function healthcheck(rest: string, range: LineRange): Arguments {
  const end = Array.from(rest).findIndex(isSpace);
  const type = end < 0 ? rest : rest.slice(0, end);
  if (type === '') return {};
  const command = jsonOr(trimStart(rest.slice(type.length)), range, whole);
  return { ...command, words: [type, ...(command.words ?? [])] };
}

function keyValues(rest: string, name: string, token: EscapeToken, range: LineRange): KeyValue[] {
  const words = splitWords(rest, token);
  if (words.length === 0) return [];
  if (!words[0]!.includes('=')) return [oldKeyValue(rest, name, range)];
  return words.map((word) => {
    const equals = word.indexOf('=');
    if (equals >= 0) return { key: word.slice(0, equals), value: word.slice(equals + 1), delimiter: '=' };
    throw new DockerfileError(`Syntax error - can't find = in ${quote(word)}. Must be of the form: name=value`, range);
  });
}

function oldKeyValue(rest: string, name: string, range: LineRange): KeyValue {
  const [key = '', value] = splitBlanks(rest, 2);
  if (value !== undefined) return { key, value, delimiter: '' };
  throw new DockerfileError(`${name} must have two arguments`, range);
}
