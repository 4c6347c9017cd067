import type { Language } from '../../lib/words';

/**
 * Interface text: one flat table a language, keys `screen.thing`. `{name}` is a place for a value; a message that counts is
 * a pair by Intl.PluralRules and needs the value `n`.
 */
export type Message = string | { readonly one: string; readonly other: string };
export type Table = Readonly<Record<string, Message>>;
export type Values = Readonly<Record<string, string | number>>;

export const languageNames: Readonly<Record<Language, string>> = { en: 'English', es: 'Español' };

/** Making one takes longer than asking it a thousand times. */
const plurals = { en: new Intl.PluralRules('en'), es: new Intl.PluralRules('es') };

/** The message's text with the places left as they are. */
export function pick(message: Message, language: Language, n: unknown): string {
  if (typeof message === 'string') return message;
  const rule = plurals[language].select(Number(n));
  return rule === 'one' ? message.one : message.other;
}

/** Text between places and the places' names, in turn: `a {b} c` → `['a ', 'b', ' c']`. */
export function split(text: string): readonly string[] {
  return text.split(/\{(\w+)\}/);
}
