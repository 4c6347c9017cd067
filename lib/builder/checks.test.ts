import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lint } from '../dockerfile';

interface Checked {
  dockerfile: string;
  warnings: { rule: string; message: string; line: number }[];
  error?: string;
  line?: number;
}

const file = new URL('./fixtures/checks.json', import.meta.url);
const { engine, files } = JSON.parse(readFileSync(file, 'utf8')) as { engine: string; files: Checked[] };

/** Said by the engine for reasons outside the Dockerfile: its registry cannot be reached, or a later stage of the build says it. */
const elsewhere = /source metadata|lint violation/;

/** BuildKit meets these only when it makes its plan, after lint; the build says them too (plan.test.ts). */
const laterOnly = new Set(['failed to marshal LLB definition: arguments are required']);

describe(`lint finds and refuses what Engine ${engine} does`, () => {
  it.each(files)('$dockerfile', ({ dockerfile, warnings, error, line }) => {
    const ours = lint(dockerfile, { base: () => ({ environment: new Map() }) });
    expect(ours.warnings.map(({ rule, message, line: at }) => ({ rule, message, line: at }))).toEqual(warnings);
    if (error && (elsewhere.test(error) || laterOnly.has(error))) return;
    expect([ours.error?.message, ours.error?.range?.start]).toEqual([error, line]);
  });
});
