import { expect, it } from 'vitest';
import { playCorpus } from './play';
import { snippets } from './snippets.mjs';

it('says what the recorded shells said, but for what is listed', async () => {
  const report = await playCorpus();
  const unlisted = report.differences.filter(({ reason }) => reason === undefined);
  expect(unlisted.map(({ dialect, recorded, played }) => ({ dialect, recorded, played }))).toEqual([]);
  expect(report.identical / report.snippets).toBeGreaterThanOrEqual(0.97);
}, 120_000);

it('has 500 snippets for each shell', () => {
  expect(snippets('busybox').length).toBeGreaterThanOrEqual(500);
  expect(snippets('gnu').length).toBeGreaterThanOrEqual(500);
});
