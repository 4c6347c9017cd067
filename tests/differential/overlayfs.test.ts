import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../lib/content';
import { makeKernel, whyNoKernel } from './kernel';
import { makeOurs, picture, upper } from './ours';
import { sequence } from './sequence';

/**
 * The same sequences of operations on our union and on the kernel's overlayfs: every answer, and at the end everything that
 * can be seen and what lies in the upper folder. What the kernel answered is recorded (RECORD=1), for where it cannot be had.
 */
const recordFile = new URL('recorded.json', import.meta.url);
const count = Number(process.env.SEQUENCES ?? 150);
const recordedCount = 40;
const length = 60;

interface Recorded {
  readonly seed: number;
  readonly answers: readonly string[];
  readonly picture: string;
  readonly upper: string;
}

const digest = (value: Record<string, string>) =>
  digestOf(new TextEncoder().encode(JSON.stringify(Object.entries(value).sort())));
const missing =
  whyNoKernel() ??
  (existsSync('/usr/bin/getfattr') ? undefined : 'getfattr and setfattr (package attr) are not installed');
if (missing) console.warn(`SKIPPED: no comparison with the kernel: ${missing}`);

describe.runIf(!missing)('beside the kernel', () => {
  const recorded: Recorded[] = [];
  it(`does the same in ${count} sequences`, () => {
    for (let seed = 1; seed <= count; seed++) {
      const base = mkdtempSync(join(tmpdir(), 'overlay-'));
      const kernel = makeKernel(base);
      try {
        const ours = makeOurs();
        const answers: string[] = [];
        sequence(seed, length).forEach((step, at) => {
          const theirs = kernel.run(step);
          answers.push(theirs);
          expect(ours.run(step), `seed ${seed}, step ${at}: ${JSON.stringify(step)}`).toBe(theirs);
        });
        const [seen, laid] = [kernel.picture(), kernel.upper()];
        expect(picture(ours.fs), `seed ${seed}`).toEqual(seen);
        expect(upper(ours.union.sheet), `seed ${seed}`).toEqual(laid);
        if (seed <= recordedCount) recorded.push({ seed, answers, picture: digest(seen), upper: digest(laid) });
      } finally {
        kernel.end();
        rmSync(base, { recursive: true, force: true });
      }
    }
    if (process.env.RECORD) writeFileSync(recordFile, `${JSON.stringify(recorded)}\n`);
  });
});

describe('as the kernel was recorded', () => {
  const rows = existsSync(recordFile) ? (JSON.parse(readFileSync(recordFile, 'utf8')) as Recorded[]) : [];
  it.each(rows)('sequence $seed', ({ seed, answers, picture: seen, upper: laid }) => {
    const ours = makeOurs();
    expect(sequence(seed, length).map((step) => ours.run(step))).toEqual(answers);
    expect(digest(picture(ours.fs))).toBe(seen);
    expect(digest(upper(ours.union.sheet))).toBe(laid);
  });
  it('is there', () => expect(rows).toHaveLength(recordedCount));
});
