import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A scenario: paragraphs of shell, one step each, played in order on a host that has `docker` and one image, busybox:latest,
 * in an empty folder. Lines that begin with `#` are remarks; a paragraph of remarks alone is no step.
 */
export interface Scenario {
  readonly name: string;
  readonly steps: readonly string[];
}

/** What one step answered on the real engine. */
export interface RecordedStep {
  readonly step: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

export interface Transcript {
  /** `Docker Engine 28.5.2, client 28.2.2`. */
  readonly engine: string;
  readonly steps: readonly RecordedStep[];
}

export const here = fileURLToPath(new URL('.', import.meta.url));

/** The folder in which scenarios are played, on both sides. */
export const folder = '/tmp/dockerland/lesson';

export function readScenarios(only: readonly string[] = []): Scenario[] {
  const files = readdirSync(join(here, 'scenarios'))
    .filter((file) => file.endsWith('.txt'))
    .sort();
  const chosen = files.filter((file) => !only.length || only.includes(basename(file, '.txt')));
  return chosen.map((file) => ({
    name: basename(file, '.txt'),
    steps: parseSteps(readFileSync(join(here, 'scenarios', file), 'utf8')),
  }));
}

export function parseSteps(text: string): string[] {
  const paragraphs = text.split(/\n[ \t]*\n/).map((paragraph) => paragraph.replace(/^\n+|\n+$/g, ''));
  return paragraphs
    .map((paragraph) =>
      paragraph
        .split('\n')
        .filter((line) => !/^#/.test(line))
        .join('\n'),
    )
    .filter((step) => step.trim());
}

export function readTranscript(name: string): Transcript | undefined {
  try {
    return JSON.parse(readFileSync(join(here, 'transcripts', `${name}.json`), 'utf8')) as Transcript;
  } catch {
    return undefined;
  }
}
