import { below, type Chance } from '../clock';
import { refused } from '../errors';

/** Letters and digits that cannot be mistaken for one another, read aloud or on a projector. */
const alphabet = 'ABCDEFGHJKMNPQRTUVWXYZ2346789';
export const codeLength = 6;

/** A class code as stored: `K7P4QX`. About 600 million of them. */
export function makeCode(chance: Chance): string {
  return Array.from({ length: codeLength }, () => alphabet[below(chance, alphabet.length)]).join('');
}

/** What a person types: any case, with spaces or dashes. */
export function parseCode(text: string): string {
  const code = text.toUpperCase().replace(/[\s\-–.]/g, '');
  if (code.length === codeLength && [...code].every((letter) => alphabet.includes(letter))) return code;
  throw refused('code.malformed', { length: codeLength, field: 'code' });
}

/** As shown: `K7P 4QX`. */
export function showCode(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}
