'use client';
import { createContext, Fragment, type ReactNode, useContext, useMemo } from 'react';
import type { Key } from './en';
import { fill, type Language, type Message, pick, split, type Table, type Values } from './messages';

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

/** A message with elements in its places: `<Words of="join.title" put={{ title: <b>…</b> }} />`. */
export function Words({
  of,
  put,
  n,
}: {
  readonly of: Key;
  readonly put: Readonly<Record<string, ReactNode>>;
  readonly n?: number;
}) {
  const { language, table } = useSpeech();
  const parts = split(pick(message(table, of), language, n));
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never move
  return (
    <>
      {parts.map((part, i) => (
        <Fragment key={i}>{i % 2 ? (put[part] ?? n) : part}</Fragment>
      ))}
    </>
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
