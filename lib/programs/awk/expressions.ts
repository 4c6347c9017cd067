/** Reads awk's expressions, by precedence from the loosest. */
import type { Binary, Comparison, Expression, Target } from './tree';
import type { Words } from './words';

/** Functions that every awk has; busybox's and mawk's further ones are in `functions.ts`. */
export const builtinNames = new Set(
  (
    'atan2 close cos exp fflush gsub index int length log match mktime rand sin split sprintf sqrt srand strftime sub ' +
    'substr system systime tolower toupper'
  ).split(' '),
);
export const busyboxNames = new Set('and compl gensub lshift or rshift xor'.split(' '));

const assignments = new Set(['=', '+=', '-=', '*=', '/=', '%=', '^=', '**=']);
const comparisons = new Set(['<', '<=', '==', '!=', '>', '>=']);

export class Expressions {
  /** A `>` sends what is printed somewhere. */
  #printing = false;

  constructor(readonly words: Words) {}

  expression(): Expression {
    const left = this.#choice();
    const { kind, text } = this.words.token;
    if (kind !== 'sign' || !assignments.has(text) || !isTarget(left)) return left;
    this.words.advance();
    this.words.newlines();
    const value = this.expression();
    if (text === '=') return { kind: 'assign', target: left, value };
    const operator = (text === '**=' ? '^' : text.slice(0, -1)) as Binary;
    return { kind: 'assign', target: left, operator, value };
  }

  /** The expressions of a `print`. */
  printed(): Expression[] {
    this.#printing = true;
    try {
      const items = this.list();
      const [only] = items;
      return items.length === 1 && only!.kind === 'list' ? [...only!.items] : items;
    } finally {
      this.#printing = false;
    }
  }

  list(): Expression[] {
    const items = [this.expression()];
    while (this.words.accept(',')) {
      this.words.newlines();
      items.push(this.expression());
    }
    return items;
  }

  /** Inside of parentheses and brackets a `>` compares. */
  enclosed<T>(read: () => T): T {
    const before = this.#printing;
    this.#printing = false;
    try {
      return read();
    } finally {
      this.#printing = before;
    }
  }

  #choice(): Expression {
    const when = this.#either();
    if (!this.words.accept('?')) return when;
    this.words.newlines();
    const then = this.expression();
    this.words.newlines();
    this.words.expect(':');
    this.words.newlines();
    return { kind: 'choice', when, then, otherwise: this.expression() };
  }

  #either(): Expression {
    let left = this.#both();
    while (this.words.accept('||')) {
      this.words.newlines();
      left = { kind: 'either', left, right: this.#both() };
    }
    return left;
  }

  #both(): Expression {
    let left = this.#member();
    while (this.words.accept('&&')) {
      this.words.newlines();
      left = { kind: 'both', left, right: this.#member() };
    }
    return left;
  }

  #member(): Expression {
    let left = this.#match();
    while (this.words.accept('in')) {
      const array = this.words.variable(this.words.name());
      left = { kind: 'member', key: left.kind === 'list' ? left.items : [left], array };
    }
    return left;
  }

  #match(): Expression {
    let left = this.#comparison();
    while (this.words.is('~', '!~')) {
      const negated = this.words.advance().text === '!~';
      left = { kind: 'match', negated, left, right: this.#comparison() };
    }
    return left;
  }

  #comparison(): Expression {
    let left = this.#piped();
    while (this.words.token.kind === 'sign' && comparisons.has(this.words.token.text)) {
      if (this.#printing && this.words.is('>')) break;
      const operator = this.words.advance().text as Comparison;
      left = { kind: 'compare', operator, left, right: this.#piped() };
    }
    return left;
  }

  /** `command | getline`. */
  #piped(): Expression {
    let left = this.#join();
    while (this.words.is('|')) {
      const bar = this.words.advance();
      if (!this.words.accept('getline')) {
        this.words.rewind(bar);
        break;
      }
      const into = this.#optionalTarget();
      left = { kind: 'getline', from: 'command', source: left, ...(into && { into }) };
    }
    return left;
  }

  #join(): Expression {
    let left = this.#sum();
    while (this.#begins()) left = { kind: 'join', left, right: this.#sum() };
    return left;
  }

  /** Whether an expression begins here that stands right behind another. */
  #begins(): boolean {
    const { kind } = this.words.token;
    if (kind === 'number' || kind === 'string' || kind === 'name' || kind === 'call') return true;
    return this.words.is('$', '(', '!', '++', '--');
  }

  #sum(): Expression {
    let left = this.#product();
    while (this.words.is('+', '-')) {
      const operator = this.words.advance().text as Binary;
      left = { kind: 'calculate', operator, left, right: this.#product() };
    }
    return left;
  }

  #product(): Expression {
    let left = this.#signed();
    while (this.words.is('*', '/', '%')) {
      const operator = this.words.advance().text as Binary;
      left = { kind: 'calculate', operator, left, right: this.#signed() };
    }
    return left;
  }

  #signed(): Expression {
    if (this.words.accept('!')) return { kind: 'not', of: this.#signed() };
    if (this.words.accept('-')) return { kind: 'negative', of: this.#signed() };
    if (this.words.accept('+')) return { kind: 'positive', of: this.#signed() };
    return this.#power();
  }

  #power(): Expression {
    const left = this.#stepped();
    if (!this.words.is('^') && !(this.words.is('**') && !this.words.gnu)) return left;
    this.words.advance();
    const right = this.words.is('-', '+', '!') ? this.#signed() : this.#power();
    return { kind: 'calculate', operator: '^', left, right };
  }

  #stepped(): Expression {
    if (this.words.is('++', '--')) {
      const by = this.words.advance().text === '++' ? 1 : -1;
      const target = this.#primary();
      if (!isTarget(target)) this.words.unexpected('name');
      return { kind: 'step', target, by, before: true };
    }
    const target = this.#primary();
    if (!isTarget(target) || !this.words.is('++', '--')) return target;
    return { kind: 'step', target, by: this.words.advance().text === '++' ? 1 : -1, before: false };
  }

  #primary(): Expression {
    const { words } = this;
    const { kind } = words.token;
    if (kind === 'number') return { kind: 'constant', value: Number(words.advance().text) };
    if (kind === 'string') return { kind: 'constant', value: words.advance().text };
    if (kind === 'name' || kind === 'call') return this.#named();
    if (words.is('/', '/=')) return { kind: 'regex', pattern: words.regex() };
    if (words.accept('$')) return { kind: 'field', index: this.#index() };
    if (words.accept('getline')) return this.#getline();
    if (words.is('-', '+', '!')) return this.#signed();
    if (!words.accept('(')) return words.unexpected(kind === 'end' ? '' : 'expression');
    const items = this.enclosed(() => this.list());
    words.expect(')');
    return items.length > 1 ? { kind: 'list', items } : items[0]!;
  }

  #index(): Expression {
    if (this.words.is('++', '--')) return this.#stepped();
    if (this.words.is('-', '+', '!')) return this.#signed();
    return this.#primary();
  }

  #named(): Expression {
    const { words } = this;
    const { kind, text: name, line } = words.token;
    const builtin = builtinNames.has(name) || (!words.gnu && busyboxNames.has(name));
    words.advance();
    if (builtin) return { kind: 'builtin', name, args: words.is('(') ? this.#arguments() : [], line };
    if (kind === 'call') words.called.set(name, line);
    if (kind === 'call') return { kind: 'call', name, args: this.#arguments(), line };
    const variable = words.variable(name);
    if (!words.accept('[')) return variable;
    const key = this.enclosed(() => this.list());
    words.expect(']');
    return { kind: 'element', array: variable, key };
  }

  #arguments(): Expression[] {
    this.words.expect('(');
    this.words.newlines();
    const items = this.words.is(')') ? [] : this.enclosed(() => this.list());
    this.words.newlines();
    this.words.expect(')');
    return items;
  }

  #getline(): Expression {
    const into = this.#optionalTarget();
    if (!this.words.accept('<')) return { kind: 'getline', from: 'input', ...(into && { into }) };
    return { kind: 'getline', from: 'file', source: this.#primary(), ...(into && { into }) };
  }

  #optionalTarget(): Target | undefined {
    if (this.words.token.kind !== 'name' && !this.words.is('$')) return undefined;
    const target = this.#primary();
    return isTarget(target) ? target : this.words.unexpected('name');
  }

  /** Where what is printed goes. */
  destination(): Expression {
    this.#printing = true;
    try {
      return this.#choice();
    } finally {
      this.#printing = false;
    }
  }
}

export function isTarget(one: Expression): one is Target {
  return one.kind === 'global' || one.kind === 'local' || one.kind === 'element' || one.kind === 'field';
}
