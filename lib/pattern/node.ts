import type { Characters } from './characters';

/** Something between two characters. */
export type Assertion =
  | 'lineStart'
  | 'lineEnd'
  | 'textStart'
  | 'textEnd'
  | 'boundary'
  | 'noBoundary'
  | 'wordStart'
  | 'wordEnd'
  | 'noWordBefore'
  | 'noWordAfter';

/** A regular expression as it was understood. */
export type Node =
  | { readonly kind: 'set'; readonly characters: Characters }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'choice'; readonly ways: readonly Node[] }
  | {
      readonly kind: 'repeat';
      readonly body: Node;
      readonly least: number;
      readonly most: number;
      readonly lazy: boolean;
    }
  | { readonly kind: 'group'; readonly number: number; readonly body: Node }
  | { readonly kind: 'assertion'; readonly is: Assertion }
  | { readonly kind: 'reference'; readonly group: number };

export const empty: Node = { kind: 'sequence', parts: [] };

/** A repetition; one of a repetition becomes a single one where that is the same. */
export function repeated(body: Node, least: number, most: number, lazy = false): Node {
  const simple = (low: number, high: number) => low <= 1 && (high <= 1 || high === Number.POSITIVE_INFINITY);
  if (body.kind === 'repeat' && body.lazy === lazy && simple(body.least, body.most) && simple(least, most)) {
    const times = (a: number, b: number) => (a === 0 || b === 0 ? 0 : a * b);
    return { kind: 'repeat', body: body.body, least: times(body.least, least), most: times(body.most, most), lazy };
  }
  return { kind: 'repeat', body, least, most, lazy };
}

/** Whether it can stand for no characters at all. */
export function mayBeEmpty(node: Node): boolean {
  switch (node.kind) {
    case 'set':
      return false;
    case 'sequence':
      return node.parts.every(mayBeEmpty);
    case 'choice':
      return node.ways.some(mayBeEmpty);
    case 'repeat':
      return node.least === 0 || mayBeEmpty(node.body);
    case 'group':
      return mayBeEmpty(node.body);
    case 'assertion':
    case 'reference':
      return true;
  }
}
