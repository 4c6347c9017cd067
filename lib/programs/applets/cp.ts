import { Complaint, type Options, parseOptions, UsageError } from '../options';
import type { Run } from '../run';
import { Copier, type CopyStyle, destinationOf, isDirectory } from './copy';

const longNames = {
  archive: 'a',
  recursive: 'r',
  'no-dereference': 'P',
  dereference: 'L',
  force: 'f',
  interactive: 'i',
  'no-clobber': 'n',
  preserve: 'preserve::',
  verbose: 'v',
  update: 'u',
  'target-directory': 't',
  'no-target-directory': 'T',
  link: 'l',
  'symbolic-link': 's',
  parents: 'parents',
  reflink: 'reflink::',
};

export async function cp(run: Run): Promise<number> {
  const options = parseOptions(run, 'arRdPLHpfinlsTuvct:', longNames);
  const { sources, target, into } = await targets(run, options);
  const copier = new Copier(run, styleOf(options));
  for (const source of sources) await copier.copy(source, destinationOf(source, target, into));
  return copier.exitCode;
}

function styleOf(options: Options): CopyStyle {
  const recursive = options.has('a', 'r', 'R');
  return {
    recursive,
    preserve: options.has('a', 'p', 'preserve'),
    follow: options.has('L')
      ? 'all'
      : options.has('H')
        ? 'named'
        : options.has('a', 'd', 'P') || recursive
          ? 'none'
          : 'all',
    force: options.has('f'),
    interactive: options.has('i') && options.last('i', 'f', 'n') === 'i',
    keep: options.has('n'),
    update: options.has('u'),
    link: options.has('l') ? 'hard' : options.has('s') ? 'symbolic' : undefined,
    verbose: options.has('v'),
  };
}

/** Which words are sources, where they go, and whether that is a folder that takes them in. */
export async function targets(
  run: Run,
  options: Options,
): Promise<{ sources: string[]; target: string; into: boolean }> {
  const words = [...options.operands];
  const folder = options.value('t');
  if (folder !== undefined) return { sources: words, target: folder, into: true };
  if (words.length < 2) throw new UsageError(missing(run, words));
  const target = words.pop()!;
  const into = isDirectory(run, target) && !options.has('T');
  if (run.gnu && words.length > 1 && !into)
    throw new Complaint(
      `target '${target}'${run.fs.exists(target) ? ' is not a directory' : ': No such file or directory'}`,
    );
  return { sources: words, target, into: into || (words.length > 1 && !run.gnu) };
}

function missing(run: Run, words: readonly string[]): string {
  if (!run.gnu) return '';
  return words.length === 0 ? 'missing file operand' : `missing destination file operand after '${words[0]}'`;
}
