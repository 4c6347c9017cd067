/** What find does with a file. */
import { findUser } from '../../accounts';
import { formatTime } from '../../calendar';
import { modeText } from '../../mode';
import type { Run } from '../../run';
import { confirm } from '../copy';
import { blocks } from '../ls';
import { argument, type Here, type Reader, type Search, type Test } from './search';

export const actions: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['-print', printing(() => (here) => `${here.path}\n`)],
  ['-print0', printing(() => (here) => `${here.path}\0`)],
  ['-printf', printing(formatted)],
  ['-ls', printing(() => listed)],
  ['-prune', () => (here) => (here.prune = true)],
  ['-quit', (search) => () => (search.stopped = true)],
  ['-delete', deleting],
  ['-exec', executing],
  ['-execdir', executing],
  ['-ok', executing],
]);

function printing(textOf: (search: Search, name: string) => (here: Here) => string): Reader {
  return (search, name) => {
    const text = textOf(search, name);
    return async (here) => {
      await search.run.print(text(here));
      return true;
    };
  };
}

function listed({ path, stat }: Here): string {
  const columns = [
    String(stat.ino).padStart(9),
    String(blocks(stat) / 2).padStart(6),
    modeText(stat.kind, stat.mode),
    String(stat.nlink).padStart(3),
    String(stat.uid).padEnd(8),
    String(stat.gid).padEnd(8),
    String(stat.size).padStart(8),
    formatTime('%b %e %H:%M', stat.mtime),
    path,
  ];
  return `${columns.join(' ')}\n`;
}

function formatted(search: Search, name: string): (here: Here) => string {
  const format = argument(search, name);
  return (here) => {
    const values = valuesOf(search.run, here);
    return format
      .replace(/%T(.)/g, (_, letter: string) => timeOf(here.stat.mtime, letter))
      .replace(/%([a-zA-Z%])/g, (all, letter: string) => values[letter] ?? all)
      .replace(/\\([nt0\\])/g, (_, letter: string) => ({ n: '\n', t: '\t', 0: '\0', '\\': '\\' })[letter]!);
  };
}

function timeOf(time: bigint, letter: string): string {
  if (letter !== '@') return formatTime(`%${letter}`, time);
  return `${time / 1_000_000_000n}.${String(time % 1_000_000_000n).padStart(9, '0')}0`;
}

function valuesOf({ fs }: Run, here: Here): Readonly<Record<string, string>> {
  const { stat } = here;
  return {
    p: here.path,
    f: here.name,
    s: String(stat.size),
    m: stat.mode.toString(8),
    M: modeText(stat.kind, stat.mode),
    i: String(stat.ino),
    n: String(stat.nlink),
    u: findUser(fs, stat.uid)?.name ?? String(stat.uid),
    U: String(stat.uid),
    g: String(stat.gid),
    G: String(stat.gid),
    d: String(here.depth),
    y: modeText(stat.kind, 0)[0]!.replace('-', 'f'),
    h: here.path.slice(0, Math.max(0, here.path.lastIndexOf('/'))) || '.',
    P: here.path.slice(here.root.length).replace(/^\//, ''),
    l: stat.kind === 'symlink' ? fs.readlink(here.path) : '',
    t: formatTime('%a %b %e %T %Y', stat.mtime),
    '%': '%',
  };
}

/** What is inside goes first. */
function deleting(search: Search): Test {
  search.depthFirst = true;
  const { run } = search;
  return async ({ path, stat }) => {
    if (path === '.') return true;
    try {
      if (stat.kind === 'directory') run.fs.rmdir(path);
      else run.fs.unlink(path);
      return true;
    } catch (error) {
      search.exitCode = await run.failed(run.gnu ? `cannot delete '${path}'` : path, error);
      return false;
    }
  };
}

function executing(search: Search, name: string): Test {
  const argv: string[] = [];
  for (let word = argument(search, name); word !== ';'; word = argument(search, name)) {
    if (word === '+' && argv.at(-1) === '{}') return batching(search, argv.slice(0, -1));
    argv.push(word);
  }
  return async (here) => {
    const words = argv.map((word) => word.replaceAll('{}', here.path));
    if (name === '-ok' && !(await confirm(search.run, `${words.join(' ')} ?`))) return false;
    return (await execute(search.run, words)) === 0;
  };
}

function batching({ batches }: Search, argv: string[]): Test {
  const batch = { argv, paths: [] as string[] };
  batches.push(batch);
  return (here) => batch.paths.push(here.path) > 0;
}

/** At the end of the walk: what `-exec … +` has gathered. */
export async function runBatches(search: Search): Promise<void> {
  for (const { argv, paths } of search.batches)
    if (paths.length > 0 && (await execute(search.run, [...argv, ...paths])) !== 0) search.exitCode = 1;
}

async function execute(run: Run, argv: readonly string[]): Promise<number> {
  try {
    return (await run.call(argv)).exitCode;
  } catch (error) {
    await run.fail(`${run.gnu ? `'${argv[0]}'` : argv[0]}: ${run.say(error)}`);
    return 127;
  }
}
