/** SQL's words, and reading them one after the other. */
export class SqlFault extends Error {
  constructor(
    message: string,
    readonly detail = '',
  ) {
    super(message);
  }
}

export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign';
  readonly text: string;
}

export function tokenise(sql: string): Token[] {
  const tokens: Token[] = [];
  const pattern =
    /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|'((?:[^']|'')*)'|"((?:[^"]|"")*)"|(\d+\.?\d*|\.\d+)|([A-Za-z_]\w*)|(::|<>|!=|<=|>=|\|\||[-+*/%=<>(),.;])/y;
  while (pattern.lastIndex < sql.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(sql);
    if (!match)
      throw new SqlFault(
        sql[at] === "'"
          ? `unterminated quoted string at or near "${sql.slice(at)}"`
          : `syntax error at or near "${sql[at]}"`,
      );
    const [, text, name, number, word, sign] = match;
    if (text !== undefined) tokens.push({ kind: 'text', text: text.replaceAll("''", "'") });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name.replaceAll('""', '"') });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word.toLowerCase() });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
  }
  return tokens;
}

/** Statements of a text, each without its semicolon; what follows the last one is handed back. */
export function splitSql(text: string): { statements: string[]; rest: string } {
  const statements: string[] = [];
  let from = 0;
  for (const match of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|;/g)) {
    if (match[0] !== ';') continue;
    statements.push(text.slice(from, match.index));
    from = match.index + 1;
  }
  return { statements: statements.filter((statement) => statement.trim() !== ''), rest: text.slice(from) };
}

/** Where a statement has been read to. */
export class Words {
  protected at = 0;

  constructor(readonly tokens: readonly Token[]) {}

  protected peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead];
  }

  protected take(): Token {
    const token = this.tokens[this.at++];
    if (!token) throw new SqlFault('syntax error at end of input');
    return token;
  }

  protected is(...texts: string[]): boolean {
    return texts.every((text, ahead) => {
      const token = this.peek(ahead);
      return token !== undefined && (token.kind === 'word' || token.kind === 'sign') && token.text === text;
    });
  }

  protected accept(...texts: string[]): boolean {
    if (!this.is(...texts)) return false;
    this.at += texts.length;
    return true;
  }

  protected expect(...texts: string[]): void {
    if (!this.accept(...texts)) throw this.unexpected();
  }

  protected unexpected(): SqlFault {
    const token = this.peek();
    return new SqlFault(token ? `syntax error at or near "${token.text}"` : 'syntax error at end of input');
  }

  protected end<Outcome>(outcome: Outcome): Outcome {
    this.accept(';');
    if (this.peek()) throw this.unexpected();
    return outcome;
  }

  protected name(): string {
    const token = this.take();
    if (token.kind !== 'word' && token.kind !== 'name') {
      this.at--;
      throw this.unexpected();
    }
    if (this.accept('.')) return this.name();
    return token.text;
  }
}
