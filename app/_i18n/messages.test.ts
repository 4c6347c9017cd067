import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fill } from '../../lib/errors';
import { en } from './en';
import { es } from './es';
import { type Message, pick, split, type Table } from './messages';

const app = fileURLToPath(new URL('..', import.meta.url));
const texts = (message: Message) => (typeof message === 'string' ? [message] : [message.one, message.other]);
const places = (text: string) =>
  split(text)
    .filter((_, i) => i % 2)
    .sort();

describe('the languages', () => {
  const tables: Readonly<Record<string, Table>> = { en, es };

  it('have the same keys', () => {
    expect(Object.keys(es).sort()).toEqual(Object.keys(en).sort());
  });

  it('say everything in each language, with the same places', () => {
    for (const key of Object.keys(en)) {
      const whole = (table: Table) =>
        [...new Set(texts(table[key]!).flatMap(places))].filter((place) => place !== 'n').sort();
      for (const [name, table] of Object.entries(tables)) {
        for (const text of texts(table[key]!)) expect(text.trim(), `${name} ${key}`).not.toBe('');
        expect(whole(table), `${name} ${key}`).toEqual(whole(en));
      }
    }
  });

  it('count with n where they have two forms', () => {
    for (const [key, message] of Object.entries(en as Table))
      expect(typeof message === 'string' || typeof es[key as keyof typeof es] === 'object', key).toBe(true);
  });

  it('know every key that a screen asks for, and are asked for every key', () => {
    const sources = readdirSync(app, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !/_i18n\/(en|es)|\.test\./.test(name))
      .map((name) => readFileSync(join(app, name), 'utf8'))
      .join('\n');
    const asked = new Set(
      [...sources.matchAll(/'([a-zA-Z]+\.[a-zA-Z0-9.]+|close|cancel)'/g)].map((match) => match[1]!),
    );
    // `round.${…}`: any key of that family.
    const families = [...sources.matchAll(/`([a-zA-Z]+\.)\$\{/g)].map((match) => match[1]!);
    const unasked = Object.keys(en).filter(
      (key) => !asked.has(key) && !families.some((family) => key.startsWith(family)),
    );
    expect(unasked).toEqual([]);
  });
});

describe('a message', () => {
  it('is filled with values and counts by the language', () => {
    const message = { one: '{n} sheet', other: '{n} sheets' };
    expect([0, 1, 2].map((n) => fill(pick(message, 'en', n), { n }))).toEqual(['0 sheets', '1 sheet', '2 sheets']);
  });
});
