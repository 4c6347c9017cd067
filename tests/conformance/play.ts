import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHost, type DockerlandHost } from '../../scripts/dockerland-host';
import { baseImage } from './base-image';
import { Normaliser } from './normalise';
import { folder, here, type RecordedStep, readScenarios, readTranscript, type Scenario } from './scenario';

export type Verdict = 'identical' | 'listed' | 'different';

export interface PlayedStep {
  readonly scenario: string;
  readonly step: string;
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly expected: string;
  readonly actual: string;
}

/** A difference that is meant: where, and why. `step` is a part of the step's text. */
export interface Difference {
  readonly scenario: string;
  readonly step: string;
  readonly reason: string;
}

export function readDifferences(): readonly Difference[] {
  return JSON.parse(readFileSync(join(here, 'differences.json'), 'utf8')) as Difference[];
}

/** Plays scenarios on our computer and compares each step with what the real engine answered. */
export async function playAll(only: readonly string[] = []): Promise<PlayedStep[]> {
  const differences = readDifferences();
  const played: PlayedStep[] = [];
  for (const scenario of readScenarios(only)) played.push(...(await playOne(scenario, differences)));
  return played;
}

async function playOne(scenario: Scenario, differences: readonly Difference[]): Promise<PlayedStep[]> {
  const transcript = readTranscript(scenario.name);
  if (!transcript) return [];
  const host = createHost({ folder, seed: 7 });
  const [ours, theirs] = [new Normaliser(), new Normaliser()];
  const played: PlayedStep[] = [];
  try {
    await baseImage(host);
    for (const recorded of transcript.steps) {
      const actual = text(ours, await playStep(host, recorded), recorded.step);
      const expected = text(theirs, recorded, recorded.step);
      const listed = differences.find((one) => one.scenario === scenario.name && recorded.step.includes(one.step));
      const verdict = actual === expected ? 'identical' : listed ? 'listed' : 'different';
      played.push({ scenario: scenario.name, step: recorded.step, verdict, reason: listed?.reason, expected, actual });
    }
  } finally {
    host.stop();
  }
  return played;
}

async function playStep(host: DockerlandHost, { step }: RecordedStep) {
  try {
    return await host.step(step);
  } catch (error) {
    return {
      stdout: '',
      stderr: `the simulator failed: ${error instanceof Error ? error.stack : String(error)}`,
      exitCode: -1,
    };
  }
}

function text(
  normaliser: Normaliser,
  answer: { stdout: string; stderr: string; exitCode: number },
  step: string,
): string {
  return `${normaliser.text(answer.stdout, step)}--- stderr\n${normaliser.text(answer.stderr, step)}--- exit code ${answer.exitCode}\n`;
}
