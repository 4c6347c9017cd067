'use client';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { fill, inWords, type Worded } from '../../lib/errors/wording';
import type { Language } from '../../lib/words';
import type { Key } from './en';
import { type Message, pick, type Table, type Values } from './messages';

interface Speech {
  readonly language: Language;
  readonly table: Table;
  /** What the server refuses, by the ids of lib/errors. */
  readonly refusals: Readonly<Record<string, string>>;
}

const Context = createContext<Speech | undefined>(undefined);

/** Gives every screen below its words. The server picks the table, so that a browser loads one language. */
export function Speaking({ language, table, refusals, children }: Speech & { readonly children: ReactNode }) {
  const speech = useMemo(() => ({ language, table, refusals }), [language, table, refusals]);
  return <Context value={speech}>{children}</Context>;
}

export type Say = (key: Key, values?: Values) => string;

export function useLanguage(): Language {
  return useSpeech().language;
}

export function useSay(): Say {
  const { language, table } = useSpeech();
  return useMemo(
    () =>
      (key, values = {}) =>
        fill(pick(message(table, key), language, values.n), values),
    [language, table],
  );
}

/** Words a refusal in the reader's language. */
export function useInWords(): (refusal: Worded) => string {
  const { refusals } = useSpeech();
  return useMemo(() => (refusal) => inWords(refusals, refusal), [refusals]);
}

function useSpeech(): Speech {
  const speech = useContext(Context);
  if (!speech) throw new Error('a screen is shown outside <Speaking>');
  return speech;
}

function message(table: Table, key: Key): Message {
  return table[key] ?? key;
}
