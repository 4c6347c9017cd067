/** `$(( … ))`: C's integer expressions on 64 bits, with variables by name. */
export type ArithmeticProblem = 'syntax' | 'operand' | 'operator' | 'base' | 'division' | 'recursion' | 'exponent';

export class ArithmeticFault {
  constructor(
    readonly kind: ArithmeticProblem,
    /** The text from where it went wrong. */
    readonly token = '',
  ) {}
}

export interface Names {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

const tokenPattern =
  /\s*(?:(0[xX][0-9a-fA-F]+|[0-9]+#[0-9a-zA-Z@_]+|[0-9][0-9a-zA-Z_]*)|([A-Za-z_][A-Za-z0-9_]*(?:\[[^\]]*\])?)|(<<=|>>=|\*\*|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|[-+*/%<>=!~&|^?:(),]))/y;

const levels: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '|': 3,
  '^': 4,
  '&': 5,
  '==': 6,
  '!=': 6,
  '<': 7,
  '>': 7,
  '<=': 7,
  '>=': 7,
  '<<': 8,
  '>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
  '**': 11,
};
const assignments = new Set(['=', '+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '&=', '|=', '^=']);

type Token = { readonly kind: 'number' | 'name' | 'operator'; readonly text: string; readonly at: number };

/** What dash's arithmetic does not have. */
const beyondPosix = /\*\*|\+\+|--(?=\s*[A-Za-z_])|,|#/;

export function isBeyondPosix(source: string): boolean {
  return beyondPosix.test(source);
}

export function evaluate(source: string, names: Names, depth = 0): bigint {
  if (depth > 50) throw new ArithmeticFault('recursion');
  const tokens = tokenise(source);
  return tokens.length === 0 ? 0n : new Evaluation(source.trimEnd(), tokens, names, depth).all();
}

function tokenise(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (/\S/.test(source.slice(at))) {
    tokenPattern.lastIndex = at;
    const match = tokenPattern.exec(source);
    if (!match) throw new ArithmeticFault('operator', source.slice(at).trim());
    const [whole, number, name, operator] = match;
    tokens.push({
      kind: number ? 'number' : name ? 'name' : 'operator',
      text: number ?? name ?? operator!,
      at: at + whole.search(/\S/),
    });
    at += whole.length;
  }
  return tokens;
}

const wrap = (value: bigint) => BigInt.asIntN(64, value);

class Evaluation {
  #at = 0;
  /** Within a branch that is not taken nothing is assigned, and nothing fails. */
  #idle = 0;
  #nesting = 0;

  constructor(
    readonly source: string,
    readonly tokens: readonly Token[],
    readonly names: Names,
    readonly depth: number,
  ) {}

  all(): bigint {
    const value = this.#comma();
    if (this.#at < this.tokens.length) throw this.#fault('syntax');
    return value;
  }

  /** At the present token, or the last when there is none. */
  #fault(kind: ArithmeticProblem): ArithmeticFault {
    const token = this.tokens[Math.min(this.#at, this.tokens.length - 1)];
    return new ArithmeticFault(kind, this.source.slice(token?.at ?? 0));
  }

  #is(text: string): boolean {
    const token = this.tokens[this.#at];
    return token?.kind === 'operator' && token.text === text;
  }

  #accept(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#at++;
    return true;
  }

  #comma(): bigint {
    if (++this.#nesting > 200) throw new ArithmeticFault('recursion');
    let value = this.#assignment();
    while (this.#accept(',')) value = this.#assignment();
    this.#nesting--;
    return value;
  }

  #assignment(): bigint {
    const [name, operator] = [this.tokens[this.#at], this.tokens[this.#at + 1]];
    if (name?.kind !== 'name' || operator?.kind !== 'operator' || !assignments.has(operator.text))
      return this.#choice();
    this.#at += 2;
    const right = this.#assignment();
    const symbol = operator.text.slice(0, -1);
    const value = symbol ? this.#apply(symbol, this.#variable(name.text), right) : right;
    return this.#store(name.text, value);
  }

  #choice(): bigint {
    const condition = this.#binary(1);
    if (!this.#accept('?')) return condition;
    const yes = this.#maybe(condition !== 0n, () => this.#comma());
    if (!this.#accept(':')) throw this.#fault('syntax');
    const no = this.#maybe(condition === 0n, () => this.#assignment());
    return condition !== 0n ? yes : no;
  }

  #maybe(taken: boolean, read: () => bigint): bigint {
    if (!taken) this.#idle++;
    const value = read();
    if (!taken) this.#idle--;
    return value;
  }

  #binary(least: number): bigint {
    let left = this.#unary();
    for (;;) {
      const token = this.tokens[this.#at];
      const level = token?.kind === 'operator' ? levels[token.text] : undefined;
      if (!token || level === undefined || level < least) return left;
      this.#at++;
      // `**` is right associative.
      const next = token.text === '**' ? level : level + 1;
      if (token.text === '&&') left = this.#logical(left !== 0n, next, (a, b) => a && b);
      else if (token.text === '||') left = this.#logical(left !== 0n, next, (a, b) => a || b);
      else left = this.#apply(token.text, left, this.#binary(next));
    }
  }

  #logical(left: boolean, level: number, join: (a: boolean, b: boolean) => boolean): bigint {
    const decided = join(left, true) === join(left, false);
    const right = this.#maybe(!decided, () => this.#binary(level)) !== 0n;
    return join(left, right) ? 1n : 0n;
  }

  #apply(operator: string, a: bigint, b: bigint): bigint {
    switch (operator) {
      case '+':
        return wrap(a + b);
      case '-':
        return wrap(a - b);
      case '*':
        return wrap(a * b);
      case '/':
      case '%':
        if (b === 0n && this.#idle > 0) return 0n;
        if (b === 0n) {
          this.#at--;
          throw this.#fault('division');
        }
        return wrap(operator === '/' ? a / b : a % b);
      case '**':
        if (b < 0n) throw new ArithmeticFault('exponent');
        return power(a, b);
      case '<<':
        return wrap(a << (b & 63n));
      case '>>':
        return a >> (b & 63n);
      case '&':
        return a & b;
      case '|':
        return a | b;
      case '^':
        return a ^ b;
      default:
        return compare(operator, a, b) ? 1n : 0n;
    }
  }

  #unary(): bigint {
    const token = this.tokens[this.#at];
    if (!token) throw this.#fault('operand');
    if (token.kind === 'operator') return this.#prefix(token.text);
    this.#at++;
    if (token.kind === 'number') return this.#number(token.text);
    for (const step of ['++', '--'] as const) if (this.#accept(step)) return this.#step(token.text, step, false);
    return this.#variable(token.text);
  }

  #number(text: string): bigint {
    try {
      return number(text);
    } catch (error) {
      if (error instanceof ArithmeticFault) throw new ArithmeticFault('base', text);
      throw error;
    }
  }

  #prefix(operator: string): bigint {
    this.#at++;
    if (++this.#nesting > 400) throw new ArithmeticFault('recursion');
    const value = this.#prefixed(operator);
    this.#nesting--;
    return value;
  }

  #prefixed(operator: string): bigint {
    switch (operator) {
      case '(': {
        const value = this.#comma();
        if (!this.#accept(')')) throw this.#fault('syntax');
        return value;
      }
      case '-':
        return wrap(-this.#unary());
      case '+':
        return this.#unary();
      case '!':
        return this.#unary() === 0n ? 1n : 0n;
      case '~':
        return ~this.#unary();
      case '++':
      case '--': {
        const name = this.tokens[this.#at];
        if (name?.kind !== 'name') {
          const value = this.#unary();
          return value;
        }
        this.#at++;
        return this.#step(name.text, operator, true);
      }
      default:
        this.#at--;
        throw this.#fault('operand');
    }
  }

  #step(name: string, step: '++' | '--', before: boolean): bigint {
    const old = this.#variable(name);
    const value = this.#store(name, wrap(step === '++' ? old + 1n : old - 1n));
    return before ? value : old;
  }

  #variable(name: string): bigint {
    const text = this.names.get(name);
    if (!text) return 0n;
    if (/^-?\d{1,18}$/.test(text) && !/^-?0\d/.test(text)) return BigInt(text);
    return this.#idle > 0 ? 0n : evaluate(text, this.names, this.depth + 1);
  }

  #store(name: string, value: bigint): bigint {
    if (this.#idle === 0) this.names.set(name, value.toString());
    return value;
  }
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = wrap(result * square);
    square = wrap(square * square);
  }
  return result;
}

function compare(operator: string, a: bigint, b: bigint): boolean {
  switch (operator) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    default:
      return a >= b;
  }
}

/** `12`, `0x1f`, `017`, `2#101`. */
function number(text: string): bigint {
  const hash = text.indexOf('#');
  if (hash > 0) return inBase(Number(text.slice(0, hash)), text.slice(hash + 1));
  if (/^0[xX]/.test(text)) return wrap(BigInt(text));
  if (text.length > 1 && text.startsWith('0')) return inBase(8, text.slice(1));
  return inBase(10, text);
}

const digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_';

function inBase(base: number, text: string): bigint {
  if (base < 2 || base > 64) throw new ArithmeticFault('syntax');
  let value = 0n;
  for (const char of base <= 36 ? text.toLowerCase() : text) {
    const digit = digits.indexOf(char);
    if (digit < 0 || digit >= base) throw new ArithmeticFault('syntax');
    value = wrap(value * BigInt(base) + BigInt(digit));
  }
  return value;
}
