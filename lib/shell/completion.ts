/** What Tab offers when nobody injects something better: commands where one begins, else names of files. */
import { builtins } from './builtins';
import type { Completion } from './editor';
import { mayExecute } from './search';
import type { Shell } from './shell';

/** Offers for the word before the cursor; undefined leaves it to the default. */
export type Completer = (
  shell: CompletionView,
  line: string,
) => Completion | undefined | Promise<Completion | undefined>;

/** What a completer may know. */
export interface CompletionView {
  readonly process: Shell['process'];
  variable(name: string): string | undefined;
}

export async function completeLine(shell: Shell, completer: Completer | undefined, line: string): Promise<Completion> {
  const view: CompletionView = { process: shell.process, variable: (name) => shell.variables.get(name) };
  return (await completer?.(view, line)) ?? byDefault(shell, line);
}

function byDefault(shell: Shell, line: string): Completion {
  const start = /(?:[^\s;|&()<>'"`\\=]|\\.)*$/.exec(line)?.index ?? line.length;
  const word = line.slice(start);
  if (word.startsWith('$')) return { start, candidates: variablesOf(shell, word) };
  const begins = /(?:^|[;|&(`]|\b(?:then|do|else|if|while|until|exec|sudo)\s)\s*$/.test(line.slice(0, start));
  if (begins && !word.includes('/')) return { start, candidates: commandsOf(shell, word) };
  return { start, candidates: filesOf(shell, word, begins) };
}

function variablesOf(shell: Shell, word: string): string[] {
  return shell.variables
    .names()
    .map((name) => `$${name}`)
    .filter((name) => name.startsWith(word))
    .sort();
}

function commandsOf(shell: Shell, word: string): string[] {
  const names = new Set([...Object.keys(builtins()), ...shell.functions.keys(), ...shell.aliases.keys()]);
  for (const directory of (shell.variables.get('PATH') ?? '').split(':'))
    for (const name of namesIn(shell, directory || '.')) if (name.startsWith(word)) names.add(name);
  return [...names]
    .filter((name) => name.startsWith(word))
    .sort()
    .map((name) => `${name} `);
}

function filesOf(shell: Shell, word: string, executable: boolean): string[] {
  const slash = word.lastIndexOf('/') + 1;
  const directory = word.slice(0, slash);
  const prefix = word.slice(slash).replace(/\\(.)/g, '$1');
  const place = directory.replace(/^~(?=\/)/, shell.variables.get('HOME') ?? '~').replace(/\\(.)/g, '$1') || '.';
  return namesIn(shell, place)
    .filter((name) => name.startsWith(prefix) && (prefix.startsWith('.') || !name.startsWith('.')))
    .sort()
    .map((name) => ({ name, isDirectory: isDirectory(shell, `${place}/${name}`) }))
    .filter(({ name, isDirectory: folder }) => !executable || folder || mayExecute(shell, `${place}/${name}`))
    .map(
      ({ name, isDirectory: folder }) =>
        `${directory}${name.replace(/[\s'"\\$&;|<>()*?[\]#`!]/g, '\\$&')}${folder ? '/' : ' '}`,
    );
}

function namesIn(shell: Shell, directory: string): string[] {
  try {
    return shell.process.fs.readdir(directory).map((entry) => entry.name);
  } catch {
    return [];
  }
}

function isDirectory(shell: Shell, path: string): boolean {
  return shell.process.fs.exists(path) && shell.process.fs.stat(path).kind === 'directory';
}
