/** Words that are assignments: `name=value`, `name+=value`, and bash's `name[index]=value`. */
import type { Assignment, Part, Word } from './syntax';

/** What a variable may be called. */
export function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}

/** Its arguments may be assignments of lists. */
export function isDeclaration(word: Word | undefined): boolean {
  const part = word?.parts[0];
  return part?.kind === 'text' && /^(declare|typeset|local|readonly|export)$/.test(part.text);
}

/** `[index]=value` after a name of letters (or none, in a list). */
export function indexed(word: Word, name: string): { index: Word; append: boolean; value: Word } | undefined {
  const first = word.parts[0];
  if (first?.kind !== 'text' || first.quoted || !first.text.startsWith(`${name}[`)) return undefined;
  const rest: Part[] = [{ ...first, text: first.text.slice(name.length + 1) }, ...word.parts.slice(1)];
  const index: Part[] = [];
  for (const [at, part] of rest.entries()) {
    const match = part.kind === 'text' && !part.quoted ? /^([^\]]*)\](\+?)=([\s\S]*)$/.exec(part.text) : null;
    if (!match) {
      index.push(part);
      continue;
    }
    const [, before = '', plus, after = ''] = match;
    const text = (piece: string): Part[] => (piece ? [{ kind: 'text', text: piece, quoted: false }] : []);
    const value = { parts: [...text(after), ...rest.slice(at + 1)] };
    return { index: { parts: [...index, ...text(before)] }, append: plus === '+', value };
  }
  return undefined;
}

export function asAssignment(word: Word, gnu: boolean): Assignment | undefined {
  const first = word.parts[0];
  if (first?.kind !== 'text' || first.quoted) return undefined;
  const name = gnu ? /^([A-Za-z_][A-Za-z0-9_]*)\[/.exec(first.text)?.[1] : undefined;
  const keyed = name ? indexed(word, name) : undefined;
  if (name && keyed) return { name, ...keyed };
  const match = /^([A-Za-z_][A-Za-z0-9_]*)(\+?)=/.exec(first.text);
  if (!match) return undefined;
  const rest = first.text.slice(match[0].length);
  const parts = rest ? [{ ...first, text: rest }, ...word.parts.slice(1)] : word.parts.slice(1);
  return { name: match[1]!, append: match[2] === '+', value: { parts } };
}
