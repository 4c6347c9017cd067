import { describe, expect, it } from 'vitest';
import { compilePattern, IgnoreMatcher, readIgnoreFile } from '../../lib/dockerfile';
import { peerCases } from './peer-cases';

interface Cases {
  match: { pattern: string; text: string; pass: boolean }[];
  multi: { patterns: string[]; text: string; pass: boolean }[];
  filepath_match: { pattern: string; path: string; match: boolean; error: boolean }[];
  errors: string[];
  compile: { pattern: string }[];
  single: { patterns: string[]; path: string; match: boolean }[];
}

const cases = peerCases<Cases>('ignore/patterns.json');
const files = peerCases<{ content: string; patterns: string[] }[]>('ignore/ignorefile.json');

describe.skipIf(!cases)('.dockerignore matches as moby/patternmatcher does', () => {
  it.each(cases?.match ?? [])('$pattern on $text: $pass', ({ pattern, text, pass }) => {
    expect(new IgnoreMatcher([pattern]).ignores(text)).toBe(pass);
  });

  it.each([...(cases?.multi ?? [])])('$patterns on $text: $pass', ({ patterns, text, pass }) => {
    expect(new IgnoreMatcher(patterns).ignores(text)).toBe(pass);
  });

  it.each(cases?.single ?? [])('$patterns on $path: $match', ({ patterns, path, match }) => {
    expect(new IgnoreMatcher(patterns).ignores(path)).toBe(match);
  });

  it.each(cases?.filepath_match ?? [])('$pattern on $path: $match', ({ pattern, path, match, error }) => {
    const run = () => new IgnoreMatcher([pattern]).ignores(path);
    if (error) expect(run).toThrow();
    else expect(run()).toBe(match);
  });

  it.each(cases?.errors ?? [])('refuses %s', (pattern) => {
    expect(() => new IgnoreMatcher([pattern])).toThrow();
  });

  it.each(cases?.compile ?? [])('takes $pattern', ({ pattern }) => {
    expect(compilePattern(pattern)?.exclusion).toBe(false);
  });

  it.each(files ?? [])('reads the file', ({ content, patterns }) => {
    expect(readIgnoreFile(content)).toEqual(patterns);
  });
});
