/** What our busybox prints beside what a real one printed (scripts/record-applets.mjs), line by line. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Computer } from './testing/play';

interface Case {
  readonly line: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

const recorded: { groups: { title: string; cases: Case[] }[] } = JSON.parse(
  readFileSync(new URL('fixtures/busybox.json', import.meta.url), 'utf8'),
);

/** Lines that are known to differ, each with its reason. */
const listed: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('fixtures/busybox-differs.json', import.meta.url), 'utf8'),
);

/** Versions, inodes, times and the order of a folder are not the program's. */
function normal(text: string): string {
  return text
    .replace(/^BusyBox v.*$/gm, 'BusyBox')
    .replace(/\b\d\d:\d\d:\d\d(\.\d+)?\b/g, 'TIME')
    .replace(/\b[A-Z][a-z]{2} [ \d]\d \d\d:\d\d\b/g, 'DATE')
    .replace(/tmp\.\w{6}/g, 'tmp.X');
}

const shown = ({ stdout, stderr, exitCode }: Omit<Case, 'line'>) => `${normal(stdout)}${normal(stderr)}[${exitCode}]`;

describe.each(recorded.groups)('as a real busybox: $title', ({ cases }) => {
  it('prints the same', async () => {
    const box = new Computer();
    const different: Record<string, { real: string; ours: string }> = {};
    for (const { line, ...real } of cases) {
      const ours = shown(await box.run(['sh', '-c', line]));
      if (ours !== shown(real) && !(line in listed)) different[line] = { real: shown(real), ours };
    }
    if (process.env.SHOW_DIFFERENT)
      for (const [line, { real, ours }] of Object.entries(different))
        console.log(`$ ${line}\n--- real\n${real}\n--- ours\n${ours}\n`);
    expect(Object.keys(different)).toEqual([]);
  }, 60_000);
});
