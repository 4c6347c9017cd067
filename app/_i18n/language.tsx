'use client';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Key } from './en';
import { fill, type Language, type Message, pick, type Table, type Values } from './messages';

interface Speech {
  readonly language: Language;
  readonly table: Table;
}

const Context = createContext<Speech | undefined>(undefined);

/** Gives every screen below its words. The server picks the table, so that a browser loads one language. */
export function Speaking({ language, table, children }: Speech & { readonly children: ReactNode }) {
  const speech = useMemo(() => ({ language, table }), [language, table]);
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

function useSpeech(): Speech {
  const speech = useContext(Context);
  if (!speech) throw new Error('a screen is shown outside <Speaking>');
  return speech;
}

function message(table: Table, key: Key): Message {
  return table[key] ?? key;
}
