import { childrenOf, commonCommands, swarmGroups } from './table';
import { buildxBuild } from './table/buildx';
import type { Declared, Flag } from './table/declare';
import { experimentalNotes, groupTexts, longTexts } from './table/texts';

/** Docker leaves the last column of an 80 column terminal free. */
const width = 79;

/** The `--help` page of a command, as it is called by that path. */
export function helpPage(command: Declared, path: string): string {
  const parts = [`Usage:  ${usageLine(command, path)}`, longTexts[command.paths[0]!] ?? command.short];
  if (experimentalNotes.has(command.paths[0]!)) parts.push(experimental(path));
  if (command.paths.length > 1) parts.push(`Aliases:\n  ${command.paths.map((one) => `docker ${one}`).join(', ')}`);
  const flags = command.flags.filter((flag) => !flag.hidden);
  if (flags.length) parts.push(`Options:\n${flagLines(flags)}`);
  return `${parts.join('\n\n')}\n`;
}

/** `docker run [OPTIONS] IMAGE [COMMAND] [ARG...]`. */
export function usageLine(command: Declared, path: string): string {
  const line = `docker ${path}${command.args ? ` ${command.args}` : ''}`;
  if (command.paths[0] === 'trust signer add') return `${line} `;
  return command.paths[0] === 'container cp' ? `${line}\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH` : line;
}

/** `docker build --help` when BuildKit builds. */
export function buildHelpPage(): string {
  const aliases = buildxBuild.aliases.map((one) => `docker ${one}`).join(', ');
  return `Usage:  docker buildx build ${buildxBuild.args}\n\n${buildxBuild.short}\n\nAliases:\n  ${aliases}\n\nOptions:\n${flagLines(buildxBuild.flags)}\n`;
}

/** Volumes of a cluster: not told of where there is none. */
const clusterOnly = new Set(['volume update']);

export function groupPage(group: string): string {
  const children = childrenOf(group).filter((child) => !clusterOnly.has(`${group} ${child.name}`));
  const parts = [`Usage:  docker ${group} COMMAND`, groupTexts(group)];
  const management = children.filter((child) => child.group);
  if (management.length) parts.push(`Management Commands:\n${rows(management)}`);
  parts.push(`Commands:\n${rows(children.filter((child) => !child.group))}`);
  parts.push(`Run 'docker ${group} COMMAND --help' for more information on a command.`);
  return `${parts.join('\n\n')}\n`;
}

export function experimental(path: string): string {
  return `EXPERIMENTAL:
  docker ${path} is an experimental feature.
  Experimental features provide early access to product functionality. These
  features may change between releases without warning, or can be removed from a
  future release. Learn more about experimental features in our documentation:
  https://docs.docker.com/go/experimental/`;
}

export function rootPage(globalFlags: readonly Flag[]): string {
  const all = childrenOf('');
  const bake = { name: 'bake', short: 'Build from a file', group: false };
  const named = (name: string) => (name === 'bake' ? bake : all.find((child) => child.name === name)!);
  const common = commonCommands.map(named);
  const hidden = ['checkpoint', ...swarmGroups];
  const management = all
    .filter((child) => child.group && !hidden.includes(child.name))
    .map((child) => (child.name === 'buildx' ? { ...child, name: 'buildx*' } : child));
  const swarm = all.filter((child) => child.name === 'swarm');
  const rest = all.filter((child) => !child.group && !commonCommands.includes(child.name));
  return `Usage:  docker [OPTIONS] COMMAND

A self-sufficient runtime for containers

Common Commands:
${rows(common)}

Management Commands:
${rows(management)}

Swarm Commands:
${rows(swarm)}

Commands:
${rows(rest)}

Global Options:
${flagLines(globalFlags)}

Run 'docker COMMAND --help' for more information on a command.

For more help on how to use Docker, head to https://docs.docker.com/go/guides/
`;
}

function rows(children: readonly { name: string; short: string }[]): string {
  return children.map(({ name, short }) => `  ${name.padEnd(11)} ${short}`).join('\n');
}

/** Two columns, the right one wrapped to the terminal's width as pflag wraps it. */
export function flagLines(flags: readonly Flag[]): string {
  const names = flags.map(
    (flag) => `  ${flag.short ? `-${flag.short}, ` : '    '}--${flag.name}${flag.value ? ` ${flag.value}` : ''}`,
  );
  const column = Math.max(...names.map((name) => name.length)) + 3;
  return names
    .map((name, at) => (flags[at]!.text ? name.padEnd(column) + wrapText(flags[at]!.text, column) : name))
    .join('\n');
}

/** pflag's `wrap`: each line is cut at a space within the room, with a little slop at the end. */
function wrapText(text: string, indent: number): string {
  const room = width - indent;
  if (room < 24) return text.split('\n').join(`\n${' '.repeat(16)}`);
  const slop = 5;
  const separator = `\n${' '.repeat(indent)}`;
  let [line, rest] = cut(room - slop, slop, text);
  let result = line.split('\n').join(separator);
  while (rest !== '') {
    [line, rest] = cut(room - slop, slop, rest);
    result += separator + line.split('\n').join(separator);
  }
  return result;
}

/** pflag's `wrapN`: what fits in `room` (a bit more when that ends the text), and what is left. */
function cut(room: number, slop: number, text: string): [string, string] {
  if (room + slop > text.length) return [text, ''];
  const space = Math.max(...[' ', '\t', '\n'].map((blank) => text.lastIndexOf(blank, room - 1)));
  if (space <= 0) return [text, ''];
  const newline = text.lastIndexOf('\n', room - 1);
  if (newline > 0 && newline < space) return [text.slice(0, newline), text.slice(newline + 1)];
  return [text.slice(0, space), text.slice(space + 1)];
}
