/** `test` and `[`, by POSIX's rules for the number of arguments, then by precedence. */
import type { Shell } from '../shell';
import { binaryTest, isBinaryTest, isUnary, TestFault, unaryTest } from '../test-operators';
import type { Builtins } from './builtin';

async function evaluate(shell: Shell, args: readonly string[], name: string): Promise<number> {
  try {
    return decide(shell, args) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TestFault)) throw error;
    if (shell.dialect !== 'busybox') await shell.complain(error.message, name);
    else await shell.tell(`${shell.name}: ${error.message}\n`);
    return 2;
  }
}

function decide(shell: Shell, args: readonly string[]): boolean {
  const [a = '', b = '', c = ''] = args;
  switch (args.length) {
    case 0:
      return false;
    case 1:
      return a !== '';
    case 2:
      if (a === '!') return b === '';
      if (isUnary(a)) return unaryTest(shell, a, b);
      throw new TestFault(
        shell.dialect === 'gnu'
          ? `${a}: unary operator expected`
          : isBinaryTest(b)
            ? `${b}: argument expected`.replace(/^(.*)$/, '$1')
            : unexpected(shell, a, b),
      );
    case 3:
      if (isBinaryTest(b) && !(b === '==' && shell.dialect === 'dash')) return binaryTest(shell, a, b, c);
      if (b === '-a') return a !== '' && c !== '';
      if (b === '-o') return a !== '' || c !== '';
      if (a === '!') return !decide(shell, args.slice(1));
      if (a === '(' && c === ')') return b !== '';
      throw new TestFault(shell.dialect === 'gnu' ? `${b}: binary operator expected` : unexpected(shell, a, b));
    case 4:
      if (a === '!') return !decide(shell, args.slice(1));
  }
  return new Expression(shell, args).all();
}

/** ash names the operand that it did not expect, dash the first. */
function unexpected(shell: Shell, first: string, operand: string): string {
  return shell.dialect === 'dash' ? `${first}: unexpected operator` : `${operand}: unknown operand`;
}

class Expression {
  #at = 0;
  constructor(
    readonly shell: Shell,
    readonly args: readonly string[],
  ) {}

  all(): boolean {
    const holds = this.#or();
    const left = this.args[this.#at];
    if (left !== undefined)
      throw new TestFault(
        this.shell.dialect === 'gnu' ? 'too many arguments' : unexpected(this.shell, this.args[0] ?? '', left),
      );
    return holds;
  }

  #accept(text: string): boolean {
    if (this.args[this.#at] !== text) return false;
    this.#at++;
    return true;
  }

  #or(): boolean {
    let holds = this.#and();
    while (this.#accept('-o')) holds = this.#and() || holds;
    return holds;
  }

  #and(): boolean {
    let holds = this.#not();
    while (this.#accept('-a')) holds = this.#not() && holds;
    return holds;
  }

  #not(): boolean {
    return this.#accept('!') ? !this.#not() : this.#primary();
  }

  #primary(): boolean {
    const [first, second, third] = this.args.slice(this.#at, this.#at + 3);
    if (first === undefined)
      throw new TestFault(this.shell.dialect === 'gnu' ? 'argument expected' : 'argument expected');
    if (second !== undefined && isBinaryTest(second)) {
      if (third === undefined) throw new TestFault(`${second}: argument expected`);
      this.#at += 3;
      return binaryTest(this.shell, first, second, third);
    }
    if (first === '(') {
      this.#at++;
      const holds = this.#or();
      if (!this.#accept(')')) throw new TestFault('closing paren expected');
      return holds;
    }
    if (isUnary(first) && second !== undefined) {
      this.#at += 2;
      return unaryTest(this.shell, first, second);
    }
    this.#at++;
    return first !== '';
  }
}

export const test: Builtins = {
  test: { run: evaluate },
  '[': {
    run: async (shell, args) => {
      if (args.at(-1) === ']') return evaluate(shell, args.slice(0, -1), '[');
      if (shell.dialect === 'gnu') await shell.complain("missing `]'", '[');
      else if (shell.dialect === 'dash') await shell.complain('missing ]', '[');
      else await shell.tell(`${shell.name}: missing ]\n`);
      return 2;
    },
  },
};
