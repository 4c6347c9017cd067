import { refused } from '../errors';

const longest = 40;
const longestTitle = 80;
/** Control characters and the marks that turn the reading direction of what follows. */
const unseen = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A person's name as shown: any script, trimmed, without control or direction marks, 1 to 40 characters. */
export function parseName(text: string): string {
  const name = text.normalize('NFC').replace(/\s+/gu, ' ').replace(unseen, '').trim();
  if (name === '') throw refused('name.empty', { field: 'name' });
  if ([...name].length > longest) throw refused('name.long', { most: longest, field: 'name' });
  return name;
}

/** The title of a class: the same rules, 80 characters. */
export function parseTitle(text: string): string {
  const title = text.normalize('NFC').replace(/\s+/gu, ' ').replace(unseen, '').trim();
  if (title === '') throw refused('title.empty', { field: 'title' });
  if ([...title].length > longestTitle) throw refused('title.long', { most: longestTitle, field: 'title' });
  return title;
}

/** Equal names for people: case, spaces and width do not make a difference. */
export function sameName(a: string, b: string): boolean {
  return fold(a) === fold(b);
}

/** `Ana` is taken → `Ana 2`, or the next number that is free. */
export function freeName(name: string, taken: readonly string[]): string {
  for (let n = 2; ; n++) {
    const offer = `${[...name].slice(0, longest - 4).join('')} ${n}`;
    if (!taken.some((other) => sameName(other, offer))) return offer;
  }
}

/** A login name for the prompt: `Ana María` → `anamaria`; nothing usable gives `student`. */
export function loginName(name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 16);
  return /^[a-z]/.test(plain) ? plain : 'student';
}

function fold(name: string): string {
  return name.normalize('NFKC').toLocaleLowerCase('en').replace(/\s+/gu, '');
}
