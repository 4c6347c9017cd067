/** Simple commands: assignments, words and redirections; and functions, which begin like them. */
import { asAssignment, indexed, isDeclaration, isName } from '../assignment';
import type { Assignment, Command, FunctionDefinition, Redirect, Simple, Word } from '../syntax';
import { Redirections } from './redirections';

export abstract class SimpleCommands extends Redirections {
  protected abstract command(): Command;

  protected simple(): Command {
    const start = this.peek().start;
    const line = this.lexer.line;
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    const lists: Assignment[] = [];
    for (;;) {
      const redirect = this.redirect();
      if (redirect) {
        redirects.push(redirect);
        continue;
      }
      this.replaceNextAlias();
      const token = this.peek();
      if (token.kind !== 'word') break;
      const gnu = this.options.dialect === 'gnu';
      const declares = gnu && isDeclaration(words[0]);
      const assignment = words.length === 0 || declares ? asAssignment(token.word, gnu) : undefined;
      this.take();
      const list = assignment && gnu ? this.listAfter(token.text) : undefined;
      if (assignment && list) {
        (declares ? lists : assignments).push({ ...assignment, list });
        if (declares) words.push({ parts: [{ kind: 'text', text: assignment.name, quoted: false }] });
      } else if (assignment && words.length === 0) assignments.push(assignment);
      else words.push(token.word);
      if (words.length === 1 && assignments.length === 0 && redirects.length === 0 && this.isOperator('('))
        return this.definition(token.text, start);
    }
    if (assignments.length + words.length + redirects.length === 0) throw this.unexpected();
    const text = this.textFrom(start);
    return { kind: 'simple', assignments, words, redirects, line, text, lists } satisfies Simple;
  }

  /** `(a b c)` right after `name=`. */
  private listAfter(text: string): Assignment['list'] {
    const next = this.peek();
    if (!/=$/.test(text) || !this.isOperator('(') || next.start !== this.last) return undefined;
    this.take();
    const elements: { index?: Word; value: Word }[] = [];
    for (this.skipNewlines(); !this.isOperator(')'); this.skipNewlines()) {
      const word = this.word();
      const keyed = indexed(word, '');
      elements.push(keyed ? { index: keyed.index, value: keyed.value } : { value: word });
    }
    this.take();
    return elements;
  }

  /** `()` after a name, and the function. */
  private definition(name: string, start: number): FunctionDefinition {
    this.take();
    this.expect(')');
    const named = this.options.dialect === 'dash' ? isName(name) : isFunctionName(name);
    if (!named) throw this.fault({ kind: 'bad function name' });
    return this.functionBody(name, start);
  }

  protected functionBody(name: string, start: number): FunctionDefinition {
    this.skipNewlines();
    const simple = this.options.dialect === 'gnu' && !this.isOperator('(') && !this.reserved();
    if (simple) throw this.unexpected();
    const body = this.command();
    return { kind: 'function', name, body, text: this.textFrom(start) };
  }

  protected word(): Word {
    const token = this.peek();
    if (token.kind !== 'word') throw this.unexpected(token.kind === 'end' ? 'word' : undefined);
    this.take();
    return token.word;
  }
}

function isFunctionName(text: string): boolean {
  return /^[^$'"`\\=]+$/.test(text);
}
