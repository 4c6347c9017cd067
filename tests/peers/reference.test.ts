import { describe, expect, it } from 'vitest';
import { Failure } from '../../lib/errors';
import {
  familiarName,
  formatReference,
  isDomain,
  matchReference,
  nameOf,
  parseAnyReference,
  parseImageName,
  parseNormalised,
  parseReference,
  splitName,
} from '../../lib/image';
import { peerCases } from './peer-cases';

type Row = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
const cases = peerCases<Record<string, readonly (string | Row)[]>>('reference/cases.json') ?? {};
const texts = (name: string) => (cases[name] ?? []) as readonly string[];
const rows = (name: string) => (cases[name] ?? []) as readonly Row[];
const of = (row: Row, field: string) => (row[field] as string | undefined) ?? '';

describe.runIf(Object.keys(cases).length > 0)('reference', () => {
  it.each(texts('TestValidateReferenceName:validRepoNames'))('takes the name %s', (name) => {
    expect(() => parseNormalised(name)).not.toThrow();
  });
  it.each(texts('TestValidateReferenceName:invalidRepoNames'))('refuses the name %s', (name) => {
    expect(() => parseNormalised(name)).toThrow(Failure);
  });
  it.each(texts('TestValidateRemoteName:validRepositoryNames'))('takes the repository %s', (name) => {
    expect(() => parseNormalised(name)).not.toThrow();
  });
  it.each(texts('TestValidateRemoteName:invalidRepositoryNames'))('refuses the repository %s', (name) => {
    expect(() => parseNormalised(name)).toThrow(Failure);
  });

  it.each(rows('TestParseRepositoryInfo:tcases'))('knows every form of $FullName', (row) => {
    for (const written of [row.FamiliarName, row.FullName, row.AmbiguousName]) {
      if (!written) continue;
      const reference = parseNormalised(written as string);
      expect(familiarName(reference)).toBe(row.FamiliarName);
      expect(nameOf(reference)).toBe(row.FullName);
      expect(reference.domain).toBe(row.Domain);
      expect(reference.path).toBe(row.RemoteName);
    }
  });

  it.each(rows('TestParseAnyReference:tcases'))('reads $Reference as one thing or another', (row) => {
    const written = of(row, 'Reference');
    const digests = (row.Digests as readonly string[] | undefined) ?? [];
    expect(parseAnyReference(written, digests)).toBe(row.Equivalent);
  });

  it.each(rows('TestNormalizedSplitHostname:testcases'))('splits $input as docker does', (row) => {
    const { domain, path } = parseNormalised(of(row, 'input'));
    expect([domain, path]).toEqual([row.domain, row.name]);
  });

  it.each(rows('TestMatch:matchCases'))('matches $reference with $pattern: $expected', (row) => {
    expect(matchReference(of(row, 'pattern'), parseNormalised(of(row, 'reference')))).toBe(row.expected);
  });

  it.each(rows('TestParseDockerRef:testcases'))('names one image: $name', (row) => {
    expect(formatReference(parseImageName(of(row, 'input')))).toBe(row.expected);
  });

  it.each(
    [
      'TestReferenceParse:referenceTestcases',
      'TestReferenceParse:ipv6_v0.6 (added from distribution/reference main)',
    ].flatMap(rows),
  )('parses $input', (row) => {
    if (row.err !== undefined) {
      expect(() => parseReference(of(row, 'input'))).toThrow(Failure);
      return;
    }
    const reference = parseReference(of(row, 'input'));
    expect(nameOf(reference)).toBe(of(row, 'repository'));
    if (row.domain !== undefined) expect(reference.domain).toBe(row.domain);
    expect([reference.tag ?? '', reference.digest ?? '']).toEqual([of(row, 'tag'), of(row, 'digest')]);
    expect(formatReference(reference)).toBe(row.input);
  });

  it.each(rows('TestWithNameFailure:testcases'))('refuses the bare name "$input"', (row) => {
    expect(() => parseReference(of(row, 'input'))).toThrow(Failure);
  });

  it.each(rows('TestSplitHostname:testcases'))('splits $input as written', (row) => {
    const { domain, path } = parseReference(of(row, 'input'));
    expect([domain, path]).toEqual([row.domain, row.name]);
  });

  it.each(rows('TestSerialization:testcases'))('writes back what it read: $description', (row) => {
    if (row.err !== undefined) expect(() => parseReference(of(row, 'input'))).toThrow(Failure);
    else expect(formatReference(parseReference(of(row, 'input')))).toBe(row.input);
  });

  it.each([...rows('TestWithTag:testcases'), ...rows('TestWithDigest:testcases')])('joins $combined', (row) => {
    const { domain, path } = parseReference(of(row, 'name'));
    const [tag, digest] = [row.tag as string | undefined, row.digest as string | undefined];
    expect(formatReference({ domain, path, ...(tag && { tag }), ...(digest && { digest }) })).toBe(row.combined);
  });

  it.each(rows('TestParseNamed:testcases'))('knows whether $input is canonical', (row) => {
    const reference = parseNormalised(of(row, 'input'));
    const canonical = formatReference(reference) === row.input;
    expect(canonical).toBe(row.err === undefined);
    if (canonical) expect([reference.domain, reference.path]).toEqual([row.domain, row.name]);
  });

  it.each(rows('TestDomainRegexp:hostcases'))('knows the domain $input: $match', (row) => {
    expect(isDomain(of(row, 'input'))).toBe(row.match);
  });

  it.each(rows('TestFullNameRegexp:testcases'))('takes the full name $input apart: $match', (row) => {
    const parts = splitName(of(row, 'input'));
    expect(parts !== undefined).toBe(row.match);
    if (row.subs) expect(parts).toEqual(row.subs);
  });

  it.each(rows('TestReferenceRegexp:testcases'))('knows the reference $input: $match', (row) => {
    const input = of(row, 'input');
    const subs = row.subs as readonly string[] | undefined;
    if (!row.match) expect(() => parseReference(input)).toThrow(Failure);
    else if (/@[^:]+:[0-9a-f]{64}$|^[^@]*$/.test(input)) {
      const { tag = '', digest = '', ...name } = parseReference(input);
      expect([nameOf(name), tag, digest]).toEqual(subs);
    } else expect(() => parseReference(input)).toThrow(/digest/);
  });

  it.each([...rows('TestIdentifierRegexp:fullCases')])('tells the id $input from a name: $match', (row) => {
    const refused = attempt(() => parseNormalised(of(row, 'input')));
    expect(refused.includes('64-byte hexadecimal')).toBe(row.match);
  });
});

function attempt(action: () => unknown): string {
  try {
    action();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
