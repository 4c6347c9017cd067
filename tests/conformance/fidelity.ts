import { isSimulated } from '../../lib/cli/commands';
import { commands, findCommand } from '../../lib/cli/table';
import type { Declared, Flag } from '../../lib/cli/table/declare';
import type { PlayedStep } from './play';

/** Which steps use a command, and with which of its flags. */
interface Use {
  readonly step: PlayedStep;
  readonly flags: ReadonlySet<string>;
}

/** docs/fidelity.md: each command and flag, and what its recordings say. */
export function fidelityPage(played: readonly PlayedStep[], engine: string): string {
  const uses = usesByCommand(played);
  const identical = played.filter(({ verdict }) => verdict === 'identical').length;
  const rows = commands.map((command) => row(command, uses.get(command) ?? []));
  const differences = played
    .filter(({ verdict }) => verdict === 'listed')
    .map(({ scenario, step, reason }) => `- \`${oneLine(step)}\` (${scenario}): ${reason}`);
  return `# How faithful it is

Made by \`npm run conformance -- --doc\`; do not edit. Recorded from ${engine}: ${played.length} steps in \`tests/conformance/scenarios\`, of which
${identical} are answered here identically: stdout, stderr and exit code, once ids, times and the like have been given names.

- **faithful**: recorded, and every recorded step is identical.
- **simplified**: recorded, and some step differs; the reasons stand below.
- **refused**: not simulated. It says so in one sentence, or in Docker's own where that is the truth, and exits 1.
- **not recorded**: written from Docker's behaviour, with no recording to show for it.

In a list of flags, those in *italics* are in no recording: they are understood, kept and shown where \`docker inspect\` shows them.

| command | is | scenarios | flags |
|---|---|---|---|
${rows.join('\n')}

## Where it differs, and why

${[...new Set(differences)].join('\n')}
`;
}

function row(command: Declared, uses: readonly Use[]): string {
  const name = `\`docker ${command.paths[0]}\`${
    command.paths.length > 1
      ? ` (${command.paths
          .slice(1)
          .map((path) => `\`${path}\``)
          .join(', ')})`
      : ''
  }`;
  const scenarios = [...new Set(uses.map(({ step }) => step.scenario))].sort();
  const is = rating(command, uses);
  const flags = is === 'refused' ? '' : command.flags.map((flag) => flagText(flag, uses)).join(' ');
  return `| ${name} | ${is} | ${scenarios.join(', ')} | ${flags} |`;
}

function rating(command: Declared, uses: readonly Use[]): string {
  if (!isSimulated(command)) return 'refused';
  if (!uses.length) return 'not recorded';
  return uses.every(({ step }) => step.verdict === 'identical') ? 'faithful' : 'simplified';
}

function flagText(flag: Flag, uses: readonly Use[]): string {
  const used = uses.some(({ flags }) => flags.has(flag.name));
  return used ? `\`--${flag.name}\`` : `*--${flag.name}*`;
}

function usesByCommand(played: readonly PlayedStep[]): Map<Declared, Use[]> {
  const found = new Map<Declared, Use[]>();
  for (const step of played) {
    for (const line of calls(step.step)) {
      const words = line.split(/\s+/).filter(Boolean);
      const command = [3, 2, 1].map((count) => findCommand(words.slice(0, count).join(' '))).find(Boolean);
      if (!command) continue;
      const list = found.get(command) ?? [];
      found.set(command, list);
      list.push({ step, flags: flagsIn(command, words) });
    }
  }
  return found;
}

/** What follows each \`docker\` of a step, up to the end of that command. */
function calls(step: string): string[] {
  return [...step.matchAll(/\bdocker ((?:'[^']*'|"[^"]*"|[^;|&)'"\n])*)/g)].map((match) =>
    match[1]!.replace(/'[^']*'|"[^"]*"/g, 'text'),
  );
}

function flagsIn(command: Declared, words: readonly string[]): Set<string> {
  const flags = new Set<string>();
  for (const word of words) {
    if (word.startsWith('--')) flags.add(word.slice(2).split('=')[0]!);
    else if (word.startsWith('-'))
      for (const letter of word.slice(1))
        for (const flag of command.flags) if (flag.short === letter) flags.add(flag.name);
  }
  return flags;
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').replaceAll('`', "'").slice(0, 100);
