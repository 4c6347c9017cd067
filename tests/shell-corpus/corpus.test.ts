import { beforeAll, expect, it } from 'vitest';
import { listedOf, playCorpus, type Report } from './play';
import { snippets } from './snippets.mjs';

let report: Report;

beforeAll(async () => {
  report = await playCorpus();
}, 120_000);

it('says what the recorded shells said, but for what is listed', () => {
  const unlisted = report.differences.filter(({ reason }) => reason === undefined);
  expect(unlisted.map(({ dialect, recorded, played }) => ({ dialect, recorded, played }))).toEqual([]);
  expect(report.identical / report.snippets).toBeGreaterThanOrEqual(0.97);
});

it('lists only what still differs', () => {
  for (const dialect of ['busybox', 'gnu', 'dash'] as const) {
    const differing = report.differences.filter((one) => one.dialect === dialect).map(({ recorded }) => recorded.text);
    expect(Object.keys(listedOf(dialect)).filter((text) => !differing.includes(text))).toEqual([]);
  }
});

it('has 500 snippets for each shell', () => {
  expect(snippets('busybox').length).toBeGreaterThanOrEqual(500);
  expect(snippets('gnu').length).toBeGreaterThanOrEqual(500);
  expect(snippets('dash').length).toBeGreaterThanOrEqual(500);
});
