/** Commands that hold others: loops, choices, groups, conditions. */
import { isName } from '../assignment';
import type { Case, Command, Count, For, FunctionDefinition, Word } from '../syntax';
import { SimpleCommands } from './simple';

export abstract class Compounds extends SimpleCommands {
  /** Commands up to a closer; over lines when `multiline`. At least one. */
  protected abstract list(multiline: boolean): Command;

  protected command(): Command {
    this.replaceAliases();
    const start = this.peek().start;
    if (this.isOperator('(')) return this.compound(start, () => this.parenthesis(start));
    switch (this.reserved()) {
      case '{':
        return this.compound(start, () => this.braces(start));
      case 'if':
        return this.compound(start, () => this.if());
      case 'while':
      case 'until':
        return this.compound(start, () => this.loop());
      case 'for':
        return this.compound(start, () => this.for());
      case 'case':
        return this.compound(start, () => this.case());
      case 'function':
        return this.functionKeyword(start);
      case '[[':
        return this.condition();
      case undefined:
        return this.simple();
      default:
        throw this.unexpected();
    }
  }

  private parenthesis(start: number): Command {
    const line = this.lexer.line;
    if (this.options.dialect === 'gnu' && this.lexer.text.startsWith('((', start)) {
      this.lexer.at = start + 2;
      const expression = this.lexer.arithmetic();
      if (expression) {
        this.skipped();
        return { kind: 'arithmetic', expression, redirects: this.redirects(), line };
      }
      this.lexer.at = start + 1;
    }
    this.take();
    const body = this.list(true);
    this.expect(')');
    return { kind: 'subshell', body, redirects: this.redirects(), text: this.textFrom(start) };
  }

  private braces(start: number): Command {
    this.take();
    const body = this.list(true);
    this.expect('}');
    return { kind: 'group', body, redirects: this.redirects(), text: this.textFrom(start) };
  }

  /** A list that the text may not end before; what would have had to follow is told. */
  protected body(closer: string): Command {
    this.skipNewlines();
    if (this.peek().kind === 'end') throw this.unexpected(closer);
    return this.list(true);
  }

  private if(): Command {
    this.take();
    const clauses = [];
    let otherwise: Command | undefined;
    do {
      const condition = this.body('then');
      this.expect('then');
      clauses.push({ condition, body: this.body('fi') });
    } while (this.peek().text === 'elif' && this.take());
    if (this.peek().text === 'else') {
      this.take();
      otherwise = this.body('fi');
    }
    this.expect('fi');
    return { kind: 'if', clauses, otherwise, redirects: this.redirects() };
  }

  private loop(): Command {
    const kind = this.take().text as 'while' | 'until';
    const condition = this.body('do');
    const body = this.doGroup();
    return { kind, condition, body, redirects: this.redirects() };
  }

  private doGroup(): Command {
    this.expect('do');
    const body = this.body('done');
    this.expect('done');
    return body;
  }

  private for(): For | Count {
    this.take();
    if (this.options.dialect === 'gnu' && this.lexer.text.startsWith('((', this.peek().start)) return this.count();
    const line = this.lexer.line;
    const name = this.peek();
    if (name.kind !== 'word' || !isName(name.text))
      throw name.kind === 'word' || this.options.dialect !== 'gnu'
        ? this.fault({ kind: 'bad for variable', name: name.text })
        : this.unexpected();
    this.take();
    this.skipNewlines();
    const words = this.wordsIn();
    this.skipNewlines();
    const body = this.doGroup();
    return { kind: 'for', name: name.text, words, body, redirects: this.redirects(), line };
  }

  /** `in a b c;`. Undefined: the parameters. */
  private wordsIn(): Word[] | undefined {
    if (this.peek().text !== 'in' || this.peek().kind !== 'word') {
      if (this.isOperator(';')) this.take();
      return undefined;
    }
    this.take();
    const words: Word[] = [];
    for (let token = this.peek(); token.kind === 'word'; token = this.peek()) {
      words.push(token.word);
      this.take();
    }
    if (!this.isOperator(';') && this.peek().kind !== 'newline') throw this.unexpected();
    this.take();
    return words;
  }

  private count(): Count {
    this.lexer.at = this.peek().start + 2;
    const inside = this.lexer.arithmeticText();
    if (inside === undefined) throw this.unexpected();
    this.skipped();
    const words = inside.split(';').map((text) => this.textOf(text, this.options));
    const [first, condition, step] = words;
    if (!first || !condition || !step || words.length > 3) throw this.unexpected();
    if (this.isOperator(';')) this.take();
    this.skipNewlines();
    const body = this.doGroup();
    return { kind: 'count', first, condition, step, body, redirects: this.redirects() };
  }

  private case(): Case {
    this.take();
    const source = this.peek().text;
    const subject = this.word();
    this.skipNewlines();
    this.expect('in');
    const arms: Case['arms'][number][] = [];
    this.skipNewlines();
    while (this.peek().text !== 'esac') {
      arms.push(this.arm());
      this.skipNewlines();
    }
    this.take();
    return { kind: 'case', subject, source, arms, redirects: this.redirects() };
  }

  private arm(): Case['arms'][number] {
    if (this.isOperator('(')) this.take();
    if (this.peek().kind === 'end') throw this.unexpected(')');
    const patterns = [this.word()];
    while (this.isOperator('|')) {
      this.take();
      patterns.push(this.word());
    }
    this.expect(')');
    this.skipNewlines();
    const body = this.isOperator(';;', ';&', ';;&') || this.peek().text === 'esac' ? undefined : this.list(true);
    const end = this.isOperator(';&', ';;&') ? (this.peek().text as ';&') : ';;';
    if (this.isOperator(';;', ';&', ';;&')) this.take();
    else if (this.peek().text !== 'esac') throw this.unexpected(';;');
    return { patterns, body, end };
  }

  private condition(): Command {
    const line = this.lexer.line;
    this.take();
    const items: (Word | string)[] = [];
    for (let token = this.peek(); token.text !== ']]'; token = this.peek()) {
      const ends = token.kind === 'end' || token.text === ';' || token.kind === 'newline';
      if (ends && this.options.dialect !== 'gnu')
        return { kind: 'condition', items, closed: false, redirects: [], line };
      if (token.kind === 'end') throw this.unexpected(']]');
      if (token.kind === 'word') items.push(token.word);
      else if (token.kind !== 'newline') items.push(token.text);
      this.take();
      if (token.text === '=~') items.push(this.lexer.regularExpression());
    }
    this.take();
    return { kind: 'condition', items, closed: true, redirects: this.redirects(), line };
  }

  private functionKeyword(start: number): FunctionDefinition {
    this.take();
    const token = this.peek();
    if (token.kind !== 'word') throw this.unexpected('word');
    this.take();
    if (this.isOperator('(')) {
      this.take();
      this.expect(')');
    }
    return this.functionBody(token.text, start);
  }
}
