/** `[[ … ]]`: like `test`, with patterns, and nothing split. */

import { compileRegex, matches, RegexFault } from '../pattern';
import { expandPattern, expandRegex, expandText } from './expand';
import { Fault } from './flow';
import type { Shell } from './shell';
import type { Condition, Word } from './syntax';
import { binaryTest, isUnary, TestFault, unaryTest } from './test-operators';
import { quoted, trace } from './trace';

type Item = Word | string;

export async function condition(shell: Shell, { items, closed }: Condition): Promise<number> {
  if (!closed) {
    await shell.tell(`${shell.name}: missing ]]\n`);
    return 2;
  }
  if (items.length === 0 && shell.dialect !== 'gnu') return 1;
  const reader = new Reader(shell, items);
  try {
    const holds = await reader.all();
    await trace(shell, `[[ ${reader.shown.join(' ')} ]]`);
    return holds ? 0 : 1;
  } catch (error) {
    if (error instanceof NoRegex) {
      if (shell.dialect === 'gnu') await shell.complain(error.message, '[[');
      return 2;
    }
    if (!(error instanceof TestFault)) throw error;
    throw new Fault(error.message, 2, false);
  }
}

/** Not a regular expression, on the right of `=~`: the condition's status is 2. */
class NoRegex extends Error {}

class Reader {
  #at = 0;
  readonly shown: string[] = [];

  constructor(
    readonly shell: Shell,
    readonly items: readonly Item[],
  ) {}

  async all(): Promise<boolean> {
    const holds = await this.#or();
    if (this.#at < this.items.length) throw new TestFault('syntax error in conditional expression');
    return holds;
  }

  #literal(offset = 0): string | undefined {
    const item = this.items[this.#at + offset];
    if (item === undefined || typeof item === 'string') return item;
    const only = item.parts.length === 1 ? item.parts[0] : undefined;
    return only?.kind === 'text' && !only.quoted ? only.text : undefined;
  }

  #accept(text: string): boolean {
    if (this.#literal() !== text) return false;
    this.#at++;
    return true;
  }

  async #or(): Promise<boolean> {
    let holds = await this.#and();
    while (this.#accept('||')) holds = (await this.#and()) || holds;
    return holds;
  }

  async #and(): Promise<boolean> {
    let holds = await this.#not();
    while (this.#accept('&&')) holds = (await this.#not()) && holds;
    return holds;
  }

  async #not(): Promise<boolean> {
    if (this.#accept('!')) return !(await this.#not());
    if (!this.#accept('(')) return this.#test();
    const holds = await this.#or();
    if (!this.#accept(')')) throw new TestFault("expected `)'");
    return holds;
  }

  async #text(): Promise<string> {
    const item = this.items[this.#at++];
    const text = item === undefined ? undefined : typeof item === 'string' ? item : await expandText(this.shell, item);
    if (text === undefined) throw new TestFault('syntax error in conditional expression');
    this.shown.push(quoted(this.shell, text));
    return text;
  }

  async #test(): Promise<boolean> {
    const operator = this.#literal();
    const next = this.#literal(1);
    if (operator && isUnary(operator) && this.items[this.#at + 1] !== undefined && !isBinary(next)) {
      this.#at++;
      this.shown.push(operator);
      return unaryTest(this.shell, operator, await this.#text());
    }
    const left = await this.#text();
    const binary = this.#literal();
    if (!isBinary(binary)) return left !== '';
    this.#at++;
    this.shown.push(binary);
    return this.#compare(left, binary);
  }

  async #compare(left: string, operator: string): Promise<boolean> {
    const right = this.items[this.#at];
    if (right === undefined || typeof right === 'string') throw new TestFault('syntax error in conditional expression');
    if (operator === '=~') return this.#regular(left, right);
    if (operator !== '=' && operator !== '==' && operator !== '!=')
      return binaryTest(this.shell, left, operator, await this.#text());
    const pattern = await expandPattern(this.shell, right);
    this.#at++;
    this.shown.push(pattern);
    return matches(pattern, left, this.shell.options.has('nocasematch')) === (operator !== '!=');
  }

  #remember(groups: readonly (string | undefined)[]): void {
    const elements = this.shell.variables.elements('BASH_REMATCH');
    elements.clear();
    for (const [at, text] of groups.entries()) elements.set(String(at), text ?? '');
  }

  async #regular(left: string, right: Word): Promise<boolean> {
    const gnu = this.shell.dialect === 'gnu';
    const source = gnu ? await expandRegex(this.shell, right) : await expandText(this.shell, right);
    this.#at++;
    this.shown.push(source);
    try {
      const found = compileRegex(source, {
        syntax: 'extended',
        ignoreCase: this.shell.options.has('nocasematch'),
      }).exec(left);
      this.#remember(found?.groups ?? []);
      return found !== undefined;
    } catch (error) {
      if (!(error instanceof RegexFault)) throw error;
      throw new NoRegex(`invalid regular expression \`${source}': ${error.message}`);
    }
  }
}

const binaries = new Set([
  '=',
  '==',
  '!=',
  '<',
  '>',
  '=~',
  '-eq',
  '-ne',
  '-lt',
  '-le',
  '-gt',
  '-ge',
  '-nt',
  '-ot',
  '-ef',
]);

function isBinary(text: string | undefined): text is string {
  return text !== undefined && binaries.has(text);
}
