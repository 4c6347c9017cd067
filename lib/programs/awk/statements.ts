/** Reads an awk program: rules, functions, statements. */
import { Expressions } from './expressions';
import { AwkFault } from './fault';
import type { Defined, Expression, Pattern, Program, Redirection, Rule, Statement, Variable } from './tree';
import type { Globals } from './variables';
import { Words } from './words';

/** Throws an AwkFault, and what `check` does of a regular expression. */
export function parse(source: string, globals: Globals, gnu: boolean, check: (pattern: string) => void): Program {
  return new Statements(new Words(source, globals, gnu, check)).program();
}

class Statements {
  readonly #expressions: Expressions;
  readonly #functions = new Map<string, Defined>();
  #loops = 0;

  constructor(readonly words: Words) {
    this.#expressions = new Expressions(words);
  }

  program(): Program {
    const rules: Rule[] = [];
    for (this.#separators(); this.words.token.kind !== 'end'; this.#separators()) {
      if (this.words.is('function', 'func')) this.#define();
      else rules.push(this.#rule());
    }
    // busybox finds that out when it comes to it.
    for (const [name, line] of this.words.gnu ? this.words.called : [])
      if (!this.#functions.has(name)) throw new AwkFault('undefined', line + 1, name);
    return { rules, functions: this.#functions };
  }

  #separators(): void {
    while (this.words.token.kind === 'newline' || this.words.is(';')) this.words.advance();
  }

  #define(): void {
    const { words } = this;
    words.advance();
    const name = words.name();
    words.expect('(');
    const parameters: string[] = [];
    while (!words.is(')')) {
      parameters.push(words.name());
      if (!words.accept(',')) break;
      words.newlines();
    }
    words.expect(')');
    words.newlines();
    words.parameters = parameters;
    this.#functions.set(name, { parameters, body: this.#block() });
    words.parameters = undefined;
  }

  #rule(): Rule {
    const { words } = this;
    const pattern = this.#pattern();
    if (words.is('{')) return { pattern, action: this.#block() };
    if (pattern.kind !== 'when' && pattern.kind !== 'range') words.unexpected('{');
    if (words.token.kind !== 'newline' && words.token.kind !== 'end' && !words.is(';')) words.unexpected('{');
    return { pattern };
  }

  #pattern(): Pattern {
    const { words } = this;
    if (words.is('{')) return { kind: 'always' };
    if (words.accept('BEGIN')) return { kind: 'begin' };
    if (words.accept('END')) return { kind: 'end' };
    const from = this.#expressions.expression();
    if (!words.accept(',')) return { kind: 'when', of: from };
    words.newlines();
    return { kind: 'range', from, to: this.#expressions.expression() };
  }

  #block(): Statement {
    const { line } = this.words.token;
    this.words.expect('{');
    const body: Statement[] = [];
    for (this.#separators(); !this.words.is('}'); this.#separators()) {
      if (this.words.token.kind === 'end') this.words.unexpected('}');
      body.push(this.#statement());
    }
    this.words.advance();
    return { kind: 'block', body, line };
  }

  /** One statement with what ends it. */
  #statement(): Statement {
    const { words } = this;
    const { line } = words.token;
    if (words.is('{')) return this.#block();
    if (words.accept(';')) return { kind: 'block', body: [], line };
    if (words.accept('if')) return this.#if(line);
    if (words.accept('while')) return this.#while(line);
    if (words.accept('for')) return this.#for(line);
    const statement = words.accept('do') ? this.#do(line) : this.#simple();
    if (words.token.kind === 'newline' || words.is(';')) words.advance();
    else if (!words.is('}') && words.token.kind !== 'end') words.unexpected('end');
    return statement;
  }

  #condition(): Expression {
    this.words.expect('(');
    const when = this.#expressions.enclosed(() => this.#expressions.expression());
    this.words.expect(')');
    return when;
  }

  #if(line: number): Statement {
    const { words } = this;
    const when = this.#condition();
    words.newlines();
    const then = this.#statement();
    const after = words.token;
    this.#separators();
    if (!words.accept('else')) {
      words.rewind(after);
      return { kind: 'if', when, then, line };
    }
    words.newlines();
    return { kind: 'if', when, then, otherwise: this.#statement(), line };
  }

  #while(line: number): Statement {
    const when = this.#condition();
    if (this.words.accept(';')) return { kind: 'while', when, body: { kind: 'block', body: [], line }, line };
    return { kind: 'while', when, body: this.#body(), line };
  }

  #body(): Statement {
    this.words.newlines();
    this.#loops++;
    const body = this.#statement();
    this.#loops--;
    return body;
  }

  #do(line: number): Statement {
    const body = this.#body();
    this.#separators();
    this.words.expect('while');
    return { kind: 'do', body, when: this.#condition(), line };
  }

  #for(line: number): Statement {
    const { words } = this;
    words.expect('(');
    const each = this.#each();
    if (each) return { kind: 'each', ...each, body: this.#body(), line };
    const first = words.is(';') ? undefined : this.#simple();
    words.expect(';');
    words.newlines();
    const when = words.is(';') ? undefined : this.#expressions.expression();
    words.expect(';');
    words.newlines();
    const step = words.is(')') ? undefined : this.#simple();
    words.expect(')');
    const empty = words.accept(';') ? ({ kind: 'block', body: [], line } as const) : undefined;
    return {
      kind: 'for',
      ...(first && { first }),
      ...(when && { when }),
      ...(step && { step }),
      body: empty ?? this.#body(),
      line,
    };
  }

  /** `name in array )`, if that is what stands there. */
  #each(): { variable: Variable; array: Variable } | undefined {
    const { words } = this;
    const start = words.token;
    if (start.kind !== 'name') return undefined;
    const variable = words.variable(words.advance().text);
    if (words.accept('in') && words.token.kind === 'name') {
      const array = words.variable(words.advance().text);
      if (words.accept(')')) return { variable, array };
    }
    words.rewind(start);
    return undefined;
  }

  #simple(): Statement {
    const { words } = this;
    const { line, text } = words.token;
    if (words.is('print', 'printf')) return this.#print(line);
    if (words.is('break', 'continue')) {
      if (this.#loops === 0) throw new AwkFault('loop', line, text);
      return { kind: words.advance().text as 'break' | 'continue', line };
    }
    if (words.is('next', 'nextfile')) return { kind: words.advance().text as 'next' | 'nextfile', line };
    if (words.is('exit', 'return')) {
      if (text === 'return' && !words.parameters && words.gnu) throw new AwkFault('return', line);
      const kind = words.advance().text as 'exit' | 'return';
      return this.#ends() ? { kind, line } : { kind, value: this.#expressions.expression(), line };
    }
    if (words.accept('delete')) return this.#delete(line);
    return { kind: 'expression', of: this.#expressions.expression(), line };
  }

  #ends(): boolean {
    const { kind } = this.words.token;
    return kind === 'newline' || kind === 'end' || this.words.is(';', '}');
  }

  #delete(line: number): Statement {
    const { words } = this;
    const array = words.variable(words.name());
    if (!words.accept('[')) return { kind: 'delete', array, line };
    const key = this.#expressions.enclosed(() => this.#expressions.list());
    words.expect(']');
    return { kind: 'delete', array, key, line };
  }

  #print(line: number): Statement {
    const { words } = this;
    const kind = words.advance().text as 'print' | 'printf';
    const args = this.#ends() || words.is('>', '>>', '|') ? [] : this.#expressions.printed();
    const to = this.#redirection();
    return { kind, args, ...(to && { to }), line };
  }

  #redirection(): Redirection | undefined {
    if (!this.words.is('>', '>>', '|')) return undefined;
    const mode = this.words.advance().text as Redirection['mode'];
    return { mode, to: this.#expressions.destination() };
  }
}
