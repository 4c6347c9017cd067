/** sed: a stream editor that edits lines as they come. */
import { Complaint, parseOptions, UsageError } from '../../options';
import type { Run } from '../../run';
import { encode } from '../../text';
import type { Editing } from './editing';
import { edit, newEditing } from './editor';
import { parseScript, ScriptFault } from './script';

export async function sed(run: Run): Promise<number> {
  const options = parseOptions(run, 'nrEsuzi::e:f:', {
    quiet: 'n',
    silent: 'n',
    'regexp-extended': 'E',
    'in-place': 'i',
    expression: 'e',
    file: 'f',
    separate: 's',
    unbuffered: 'u',
    posix: 'posix',
    'null-data': 'z',
    debug: 'debug',
  });
  const paths = [...options.operands];
  const pieces = [...options.all('e')];
  for (const path of options.all('f')) pieces.push((await run.readText(path)).replace(/\n$/, ''));
  if (pieces.length === 0) {
    const first = paths.shift();
    if (first === undefined) throw new UsageError('', 1);
    pieces.push(first);
  }
  const script = pieces.join('\n');
  const quiet = options.has('n') || script.startsWith('#n\n');
  try {
    const commands = parseScript(script, { extended: options.has('r', 'E'), gnu: run.gnu });
    const editing = newEditing(run, commands, quiet);
    return options.has('i')
      ? await editInPlace(editing, paths, options.value('i') ?? '')
      : await edit(editing, paths.length > 0 ? paths : ['-']);
  } catch (error) {
    if (!(error instanceof ScriptFault)) throw error;
    throw new Complaint(run.gnu ? `-e expression #1, char ${error.at}: ${error.gnuWords}` : error.message);
  }
}

async function editInPlace(editing: Editing, paths: readonly string[], suffix: string): Promise<number> {
  const { run } = editing;
  let exitCode = 0;
  for (const path of paths) {
    if (!run.fs.exists(path)) {
      exitCode = await run.fail(
        run.gnu ? `can't read ${path}: No such file or directory` : `${path}: No such file or directory`,
        run.gnu ? 2 : 1,
      );
      continue;
    }
    const before = run.fs.readFile(path);
    const stat = run.fs.stat(path);
    let text = '';
    editing.input.line = 0;
    editing.output = async (piece) => {
      text += piece;
    };
    exitCode = (await edit(editing, [path])) || exitCode;
    if (suffix)
      await run.writeFile(suffix.includes('*') ? suffix.replaceAll('*', path) : `${path}${suffix}`, before, stat.mode);
    await run.writeFile(path, encode(text));
    if (editing.quit) break;
  }
  return exitCode;
}
