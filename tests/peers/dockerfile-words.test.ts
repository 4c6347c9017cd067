import { describe, expect, it } from 'vitest';
import { expand } from '../../lib/dockerfile';
import { peerCases } from './peer-cases';

interface Single {
  line: number;
  platform: string;
  in: string;
  out: string | null;
  error: boolean;
}
interface Match {
  input: string;
  envs: Record<string, string>;
  expected?: string;
  expectedErr?: boolean;
  matches?: Record<string, object> | null;
  unmatched?: Record<string, object>;
}

const single = peerCases<{ env: string[]; cases: Single[] }>('dockerfile/shell-envvar.json');
const several = peerCases<{ line: number; env: string[]; in: string; out: string[] }[]>('dockerfile/shell-words.json');
const matches = peerCases<Match[]>('dockerfile/shell-match.json');

function variables(env: readonly string[]): Map<string, string> {
  return new Map(env.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

describe.skipIf(!single)('words of a Dockerfile expand as in BuildKit', () => {
  it.each((single?.cases ?? []).filter(({ platform }) => platform !== 'W'))('line $line: $in', (row) => {
    const run = () => expand(row.in, variables(single!.env)).text;
    if (row.error) expect(run).toThrow();
    else expect(run()).toBe(row.out);
  });

  it.each(several ?? [])('line $line as words: $in', ({ env, in: input, out }) => {
    const run = () => expand(input, variables(env)).words;
    if (out[0] === 'error') expect(run).toThrow();
    else expect(run()).toEqual(out);
  });

  it.each(matches ?? [])('$input with $envs', ({ input, envs, expected, expectedErr, matches: used, unmatched }) => {
    const run = () => expand(input, new Map(Object.entries(envs)));
    if (expectedErr) return expect(run).toThrow();
    const result = run();
    expect(result.text).toBe(expected ?? '');
    expect([...result.matched].sort()).toEqual(Object.keys(used ?? {}).sort());
    expect([...result.unmatched].sort()).toEqual(Object.keys(unmatched ?? {}).sort());
  });
});
