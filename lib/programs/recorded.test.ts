/** What our programs print beside what real ones printed (scripts/record-applets.mjs), line by line. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Computer } from './testing/play';

interface Case {
  readonly line: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

interface Recorded {
  readonly groups: readonly { readonly title: string; readonly cases: readonly Case[] }[];
}

const read = (name: string) => JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'));

/** Versions, inodes, times and the order of a folder are not the program's. */
function normal(text: string): string {
  return text
    .replace(/^BusyBox v.*$/gm, 'BusyBox')
    .replace(/\b\d\d:\d\d:\d\d(\.\d+)?\b/g, 'TIME')
    .replace(/\b[A-Z][a-z]{2} [ \d]\d \d\d:\d\d\b/g, 'DATE')
    .replace(/tmp\.\w{6}/g, 'tmp.X');
}

const shown = ({ stdout, stderr, exitCode }: Omit<Case, 'line'>) => `${normal(stdout)}${normal(stderr)}[${exitCode}]`;

describe.each(['busybox', 'gnu'] as const)('%s', (dialect) => {
  const recorded: Recorded = read(dialect);
  /** Lines that are known to differ, each with its reason. */
  const listed: Readonly<Record<string, string>> = read(`${dialect}-differs`);

  it.each(recorded.groups)('prints what the real one prints: $title', { timeout: 60_000 }, async ({ cases }) => {
    const box = new Computer({ dialect });
    const different: Record<string, { real: string; ours: string }> = {};
    for (const { line, ...real } of cases) {
      const ours = shown(await box.run([dialect === 'gnu' ? 'bash' : 'sh', '-c', line]));
      if (ours !== shown(real) && !(line in listed)) different[line] = { real: shown(real), ours };
    }
    if (process.env.SHOW_DIFFERENT)
      for (const [line, { real, ours }] of Object.entries(different))
        console.log(`$ ${line}\n--- real\n${real}\n--- ours\n${ours}\n`);
    expect(Object.keys(different)).toEqual([]);
  });

  it('lists no more than three in a hundred', () => {
    const all = recorded.groups.reduce((sum, { cases }) => sum + cases.length, 0);
    expect(Object.keys(listed).length / all).toBeLessThan(0.03);
  });
});
