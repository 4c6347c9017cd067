import { describe, expect, it } from 'vitest';
import { dumpNode, parseText, readDockerfile, splitWords } from '../../lib/dockerfile';
import { peerCases } from './peer-cases';

const trees = peerCases<{ name: string; dockerfile: string; ast_dump: string }[]>('dockerfile/parser-ast.json');
const rejects = peerCases<{ name: string; dockerfile: string }[]>('dockerfile/parser-negative.json');
const lines = peerCases<{ dockerfile: string; root: number[]; children: number[][] }[]>('dockerfile/parser-lines.json');
const words = peerCases<{ input: string[]; expect: string[] }[]>('dockerfile/parser-words.json');
const json = peerCases<{ valid: Record<string, string[]>; invalid: string[] }>('dockerfile/json-form.json');

describe.skipIf(!trees)('Dockerfile text becomes the tree that BuildKit makes of it', () => {
  it.each(trees ?? [])('$name', ({ dockerfile, ast_dump }) => {
    expect(`${parseText(dockerfile).nodes.map(dumpNode).join('\n')}\n`).toBe(`${ast_dump.trimEnd()}\n`);
  });

  it.each(rejects ?? [])('rejects $name', ({ dockerfile }) => {
    expect(() => readDockerfile(dockerfile)).toThrow();
  });

  it.each(lines ?? [])('knows the lines of each instruction', ({ dockerfile, root, children }) => {
    const ranges = parseText(dockerfile).nodes.map(({ range }) => [range.start, range.end]);
    expect(ranges).toEqual(children);
    expect([ranges[0]?.[0], ranges.at(-1)?.[1]]).toEqual(root);
  });

  it.each(words ?? [])('splits $input into words', ({ input, expect: expected }) => {
    expect(input.flatMap((line) => splitWords(line, '\\'))).toEqual(expected);
  });

  it.each(Object.entries(json?.valid ?? {}))('reads %s as a JSON array', (text, expected) => {
    const [node] = parseText(`CMD ${text}`).nodes;
    expect([node?.json, node?.words]).toEqual([true, expected]);
  });

  it.each(json?.invalid ?? [])('refuses %s, which is an array of other things', (text) => {
    expect(() => parseText(`CMD ${text}`)).toThrow('arrays must be comprised of strings only');
  });
});
