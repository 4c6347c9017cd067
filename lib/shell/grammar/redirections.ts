/** Redirections and here-documents. */
import type { Redirect, RedirectOperator, Word } from '../syntax';
import { redirections, Tokens } from './tokens';

export class Redirections extends Tokens {
  protected redirects(): Redirect[] {
    const all: Redirect[] = [];
    for (let one = this.redirect(); one; one = this.redirect()) all.push(one);
    return all;
  }

  protected redirect(): Redirect | undefined {
    const token = this.peek();
    let number: number | undefined;
    if (token.kind === 'number') {
      number = Number(token.text);
      this.take();
    } else if (token.kind !== 'operator' || !redirections.has(token.text)) return undefined;
    const operator = this.take().text;
    const target = this.peek();
    if (target.kind !== 'word') throw this.unexpected();
    const { text } = target;
    this.take();
    number ??= operator.startsWith('<') ? 0 : 1;
    if (operator !== '<<' && operator !== '<<-')
      return { operator: operator as RedirectOperator, number, target: target.word, text };
    return this.hereDocument(target.word, number, operator === '<<-');
  }

  private hereDocument(word: Word, number: number, strip: boolean): Redirect {
    const delimiter = word.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
    const quoted = word.parts.some((part) => part.kind === 'text' && part.quoted);
    const here = { operator: '<<' as const, number, delimiter, strip, quoted, target: { parts: [] } as Word, text: '' };
    this.here.push(here);
    return here;
  }
}
