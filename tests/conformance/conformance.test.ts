import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { playAll, readDifferences } from './play';
import { here, readScenarios, readTranscript } from './scenario';

describe('what a real Docker engine answered', () => {
  it('is answered here too, at least as far as is committed', { timeout: 120_000 }, async () => {
    const floor = JSON.parse(readFileSync(join(here, 'floor.json'), 'utf8')) as { steps: number; identical: number };
    const played = await playAll();
    const identical = played.filter(({ verdict }) => verdict === 'identical').length;
    const different = played
      .filter(({ verdict }) => verdict === 'different')
      .map(({ scenario, step }) => `${scenario}: ${step}`);
    expect(played.length).toBeGreaterThanOrEqual(floor.steps);
    expect(identical, `different:\n${different.join('\n')}`).toBeGreaterThanOrEqual(floor.identical);
  });

  it('was recorded from the scenarios as they stand', () => {
    for (const { name, steps } of readScenarios())
      expect(readTranscript(name)?.steps.map(({ step }) => step)).toEqual(steps);
  });

  it('differs on purpose only where a step of that name is', () => {
    const scenarios = new Map(readScenarios().map(({ name, steps }) => [name, steps]));
    for (const { scenario, step } of readDifferences())
      expect(
        scenarios.get(scenario)?.some((text) => text.includes(step)),
        `${scenario}: ${step}`,
      ).toBe(true);
  });
});
