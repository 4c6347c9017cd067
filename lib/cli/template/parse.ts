/**
 * Go's text/template, as far as people use it in `--format`: text → tree.
 *
 * Actions `{{…}}` with pipelines, fields, variables, literals, parentheses, `if`/`else if`/`range`/`with`/`end`, comments and
 * `{{-` `-}}`. `define`, `template` and `block` are not there.
 */
export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipe: Pipe }
  | {
      readonly kind: 'if' | 'with';
      readonly pipe: Pipe;
      readonly body: readonly Node[];
      readonly otherwise: readonly Node[];
    }
  | { readonly kind: 'range'; readonly pipe: Pipe; readonly body: readonly Node[]; readonly otherwise: readonly Node[] }
  | { readonly kind: 'break' | 'continue' };

export interface Pipe {
  /** Variables that are set: `$x := …`, or `$i, $x := …` in a range. */
  readonly variables: readonly string[];
  readonly declares: boolean;
  readonly commands: readonly (readonly Operand[])[];
}

export type Operand =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'dot' }
  | { readonly kind: 'variable'; readonly name: string; readonly fields: readonly string[] }
  | { readonly kind: 'field'; readonly fields: readonly string[] }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'pipe'; readonly pipe: Pipe; readonly fields: readonly string[] };

export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

interface Token {
  readonly kind: 'field' | 'variable' | 'word' | 'string' | 'number' | 'char' | 'punctuation' | 'space';
  readonly text: string;
}

export function parseTemplate(source: string, name: string, functions: ReadonlySet<string>): Node[] {
  const parser = new Parser(source, name, functions);
  const nodes = parser.list(false);
  return nodes.nodes;
}

class Parser {
  #at = 0;
  #line = 1;
  readonly #variables: string[] = ['$'];

  constructor(
    readonly source: string,
    readonly name: string,
    readonly functions: ReadonlySet<string>,
  ) {}

  fail(message: string): TemplateError {
    return new TemplateError(`template: ${this.name}:${this.#line}: ${message}`);
  }

  /** Nodes up to `{{end}}` or `{{else}}` (inside), or to the end of the text. */
  list(inside: boolean): { nodes: Node[]; ended: 'end' | 'else' | 'eof'; elseIf?: readonly Token[] } {
    const nodes: Node[] = [];
    let trim = false;
    for (;;) {
      const open = this.source.indexOf('{{', this.#at);
      const text = this.source.slice(this.#at, open < 0 ? undefined : open);
      const trimmed = trim ? text.replace(/^[ \t\r\n]+/, '') : text;
      this.#line += text.split('\n').length - 1;
      if (open < 0) {
        if (trimmed) nodes.push({ kind: 'text', text: trimmed });
        this.#at = this.source.length;
        if (inside) throw this.fail('unexpected EOF');
        return { nodes, ended: 'eof' };
      }
      const left = /^\{\{- /.test(this.source.slice(open, open + 4)) || this.source.slice(open, open + 4) === '{{-\n';
      const kept = left ? trimmed.replace(/[ \t\r\n]+$/, '') : trimmed;
      if (kept) nodes.push({ kind: 'text', text: kept });
      const action = this.#action(open + 2 + (left ? 1 : 0));
      trim = action.trim;
      const [first] = action.tokens;
      if (!first) {
        if (!action.comment) throw this.fail('missing value for command');
        continue;
      }
      const word = first.kind === 'word' ? first.text : '';
      if (word === 'end' || word === 'else') {
        if (!inside) throw this.fail(`unexpected {{${word}}}`);
        return {
          nodes,
          ended: word,
          elseIf:
            word === 'else'
              ? action.tokens.slice(1).filter((token, at) => at > 0 || token.kind !== 'space')
              : undefined,
        };
      }
      nodes.push(this.#node(word, action.tokens));
    }
  }

  #node(word: string, tokens: readonly Token[]): Node {
    const rest = () => tokens.slice(1).filter((token, at) => at > 0 || token.kind !== 'space');
    if (word === 'if' || word === 'with' || word === 'range') return this.#block(word, rest());
    if (word === 'break' || word === 'continue') return { kind: word };
    return { kind: 'action', pipe: this.#pipeline(tokens, 'command') };
  }

  #block(kind: 'if' | 'with' | 'range', tokens: readonly Token[]): Node {
    const depth = this.#variables.length;
    const pipe = this.#pipeline(tokens, kind);
    const inner = this.list(true);
    let otherwise: readonly Node[] = [];
    if (inner.ended === 'else') {
      const [next] = inner.elseIf ?? [];
      if (next?.kind === 'word' && (next.text === 'if' || next.text === 'with')) {
        otherwise = [
          this.#block(
            next.text,
            inner.elseIf!.slice(1).filter((token, at) => at > 0 || token.kind !== 'space'),
          ),
        ];
      } else {
        const last = this.list(true);
        if (last.ended === 'else') throw this.fail('expected end; found {{else}}');
        otherwise = last.nodes;
      }
    }
    this.#variables.length = depth;
    return { kind, pipe, body: inner.nodes, otherwise };
  }

  /** Tokens up to `}}`. */
  #action(start: number): { tokens: Token[]; trim: boolean; comment: boolean } {
    const comment = /^\s*\/\*[\s\S]*?\*\/\s*(-?)\}\}/.exec(this.source.slice(start));
    if (comment) {
      this.#at = start + comment[0].length;
      return { tokens: [], trim: comment[1] === '-', comment: true };
    }
    const tokens: Token[] = [];
    let at = start;
    for (;;) {
      const rest = this.source.slice(at);
      if (rest === '') throw this.fail('unclosed action');
      const close = /^(?:\s-)?\}\}/.exec(rest);
      if (close) {
        this.#at = at + close[0].length;
        while (tokens[0]?.kind === 'space') tokens.shift();
        while (tokens.at(-1)?.kind === 'space') tokens.pop();
        return { tokens, trim: close[0].length === 4, comment: false };
      }
      const token = this.#token(rest);
      tokens.push(token);
      at += token.text.length;
    }
  }

  #token(rest: string): Token {
    const forms: readonly (readonly [Token['kind'], RegExp])[] = [
      ['space', /^[ \t\r\n]+/],
      ['string', /^"(?:[^"\\\n]|\\.)*"|^`[^`]*`/],
      ['char', /^'(?:[^'\\\n]|\\.)+'/],
      ['number', /^[+-]?(?:0[xX][0-9a-fA-F]+|\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)/],
      ['field', /^\.[A-Za-z_][A-Za-z0-9_]*/],
      ['variable', /^\$[A-Za-z0-9_]*/],
      ['word', /^[A-Za-z_][A-Za-z0-9_]*/],
      ['punctuation', /^(?::=|[.()|,=])/],
    ];
    for (const [kind, form] of forms) {
      const found = form.exec(rest);
      if (found) return { kind, text: found[0] };
    }
    if (rest[0] === '"') throw this.fail('unterminated quoted string');
    if (rest[0] === '`') throw this.fail('unterminated raw quoted string');
    if (rest[0] === "'") throw this.fail('unterminated character constant');
    const code = rest.codePointAt(0)!;
    throw this.fail(
      `unrecognized character in action: U+${code.toString(16).toUpperCase().padStart(4, '0')} '${String.fromCodePoint(code)}'`,
    );
  }

  #pipeline(tokens: readonly Token[], context: string): Pipe {
    const { variables, declares, rest } = this.#declaration(tokens, context === 'range');
    const commands = splitAt(rest, '|').map((part) => this.#command(part, context));
    if (declares) this.#variables.push(...variables);
    return { variables, declares, commands };
  }

  #declaration(
    tokens: readonly Token[],
    range: boolean,
  ): { variables: string[]; declares: boolean; rest: readonly Token[] } {
    const at = tokens.findIndex((token) => token.kind === 'punctuation' && (token.text === ':=' || token.text === '='));
    if (at < 0 || tokens[0]?.kind !== 'variable') return { variables: [], declares: false, rest: tokens };
    const variables = tokens
      .slice(0, at)
      .filter((token) => token.kind === 'variable')
      .map((token) => token.text);
    if (variables.length > (range ? 2 : 1)) throw this.fail(`too many declarations in ${range ? 'range' : 'command'}`);
    return { variables, declares: tokens[at]!.text === ':=', rest: tokens.slice(at + 1) };
  }

  #command(tokens: readonly Token[], context: string): Operand[] {
    const operands: Operand[] = [];
    let at = 0;
    let spaced = true;
    while (at < tokens.length) {
      const token = tokens[at]!;
      if (token.kind === 'space') {
        spaced = true;
        at++;
        continue;
      }
      if (token.kind === 'field' && !spaced && operands.length) {
        operands.push(this.#chain(operands.pop()!, token.text.slice(1)));
        at++;
        continue;
      }
      const [operand, used] = this.#operand(tokens, at, context);
      operands.push(operand);
      at += used;
      spaced = false;
    }
    if (!operands.length) throw this.fail(`missing value for ${context}`);
    return operands;
  }

  #chain(operand: Operand, field: string): Operand {
    if (operand.kind === 'dot') return { kind: 'field', fields: [field] };
    if (operand.kind === 'literal' || operand.kind === 'function')
      throw this.fail(`unexpected . after term ${JSON.stringify('name' in operand ? operand.name : operand.value)}`);
    return { ...operand, fields: [...operand.fields, field] };
  }

  #operand(tokens: readonly Token[], at: number, context: string): [Operand, number] {
    const token = tokens[at]!;
    switch (token.kind) {
      case 'string':
        return [{ kind: 'literal', value: unquote(token.text) }, 1];
      case 'char':
        return [{ kind: 'literal', value: unquote(`"${token.text.slice(1, -1)}"`).codePointAt(0) ?? 0 }, 1];
      case 'number':
        return [{ kind: 'literal', value: Number(token.text.replace(/_/g, '')) }, 1];
      case 'field':
        return [{ kind: 'field', fields: [token.text.slice(1)] }, 1];
      case 'variable':
        if (!this.#variables.includes(token.text)) throw this.fail(`undefined variable ${JSON.stringify(token.text)}`);
        return [{ kind: 'variable', name: token.text, fields: [] }, 1];
      case 'word':
        return [this.#word(token.text), 1];
      default:
        return this.#punctuated(tokens, at, context);
    }
  }

  #word(text: string): Operand {
    if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true' };
    if (text === 'nil') return { kind: 'literal', value: null };
    if (!this.functions.has(text)) throw this.fail(`function ${JSON.stringify(text)} not defined`);
    return { kind: 'function', name: text };
  }

  #punctuated(tokens: readonly Token[], at: number, context: string): [Operand, number] {
    const { text } = tokens[at]!;
    if (text === '.') return [{ kind: 'dot' }, 1];
    if (text !== '(')
      throw this.fail(
        `unexpected ${JSON.stringify(text)} in ${context === 'command' ? 'operand' : context}`
          .replace('"', '<')
          .replace('"', '>'),
      );
    let depth = 0;
    for (let end = at; end < tokens.length; end++) {
      if (tokens[end]!.text === '(' && tokens[end]!.kind === 'punctuation') depth++;
      if (tokens[end]!.text === ')' && tokens[end]!.kind === 'punctuation') depth--;
      if (depth === 0)
        return [
          { kind: 'pipe', pipe: this.#pipeline(tokens.slice(at + 1, end), 'parenthesized pipeline'), fields: [] },
          end - at + 1,
        ];
    }
    throw this.fail('unclosed left paren');
  }
}

function splitAt(tokens: readonly Token[], mark: string): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'punctuation' && token.text === '(') depth++;
    if (token.kind === 'punctuation' && token.text === ')') depth--;
    if (token.kind === 'punctuation' && token.text === mark && depth === 0) parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts;
}

function unquote(text: string): string {
  if (text.startsWith('`')) return text.slice(1, -1);
  const escapes: Readonly<Record<string, string>> = {
    n: '\n',
    t: '\t',
    r: '\r',
    '\\': '\\',
    '"': '"',
    "'": "'",
    a: '\x07',
    b: '\b',
    f: '\f',
    v: '\v',
  };
  return text.slice(1, -1).replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[0-7]{3}|.)/g, (_, code: string) => {
    if (/^[xu]/.test(code) && code.length > 1) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
    if (/^[0-7]{3}$/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8));
    return escapes[code] ?? code;
  });
}
