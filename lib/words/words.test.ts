import { describe, expect, it } from 'vitest';
import { fill, inWords, type RefusalId, refusals, refused, sentence } from '../errors';
import { chooseLanguage, languages, refusalWords } from './index';

const ids = Object.keys(refusals) as RefusalId[];
const places = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))].sort();

describe('the words of refusals', () => {
  it('are there in every language, for every id and no other', () => {
    for (const language of languages) expect(Object.keys(refusalWords[language]).sort()).toEqual([...ids].sort());
  });

  it('have the same places in every language, and a language of their own', () => {
    for (const id of ids)
      for (const language of languages) {
        const text = refusalWords[language][id];
        expect(text.trim(), id).not.toBe('');
        expect(places(text), `${language} ${id}`).toEqual(places(refusals[id][1]));
        if (language !== 'en') expect(text, `${language} ${id}`).not.toBe(refusals[id][1]);
      }
  });

  it('travel as a code, an English sentence and an id, from which each language makes its own', () => {
    const failure = refused('name.taken', { name: 'Ana', offer: 'Ana 2', field: 'name' });
    expect(failure.code).toBe('conflict');
    expect(failure.message).toBe('Somebody here is called Ana already. How about “Ana 2”?');
    expect(failure.detail).toEqual({ reason: 'name.taken', name: 'Ana', offer: 'Ana 2', field: 'name' });
    expect(inWords(refusalWords.es, failure)).toBe('Aquí ya hay alguien con el nombre Ana. ¿Qué tal «Ana 2»?');
    expect(inWords(refusalWords.en, failure)).toBe(failure.message);
  });

  it('leave what has no reason, or one of tomorrow, as the server worded it', () => {
    const docker = 'invalid reference format';
    expect(inWords(refusalWords.es, { message: docker })).toBe(docker);
    expect(inWords(refusalWords.es, { message: docker, detail: { reason: 'tomorrow.new' } })).toBe(docker);
    expect(inWords(refusalWords.es, { message: docker, detail: { reason: 'toString' } })).toBe(docker);
  });

  it('never read a value as a place', () => {
    expect(fill('{a} and {b}', { a: '{b}' })).toBe('{b} and {b}');
    expect(sentence('image.unbuilt', { reference: '{reference}' })).toContain('{reference}');
  });
});

describe('the language of a browser', () => {
  it('is the one that was chosen, else the first that we speak, else English', () => {
    expect(chooseLanguage('es', 'en')).toBe('es');
    expect(chooseLanguage(undefined, 'fr-FR,es-MX;q=0.8,en;q=0.5')).toBe('es');
    expect(chooseLanguage('xx', null)).toBe('en');
  });
});
