/** A sed script run over files, line by line. */
import type { Run } from '../../run';
import { encode } from '../../text';
import { type Editing, flushAppended, printLine } from './editing';
import { Input } from './input';
import { type Command, ScriptFault } from './script';
import { isSelected } from './selection';
import { perform } from './verbs';

/** Throws `ScriptFault` on a jump to nowhere. */
export function newEditing(run: Run, commands: readonly Command[], quiet: boolean): Editing {
  const labels = new Map(commands.flatMap(({ name, text }, at) => (name === ':' ? [[text, at] as const] : [])));
  for (const { name, text } of commands)
    if ('btT'.includes(name) && text && !labels.has(text))
      throw new ScriptFault(0, `can't find label for jump to '${text}'`, `can't find label for jump to \`${text}'`);
  const editing: Editing = {
    run,
    commands,
    labels,
    quiet,
    input: new Input(run, async (path, error) => {
      editing.exitCode = run.gnu ? 2 : 1;
      await run.failed(run.gnu ? `can't read ${path}` : path, error);
    }),
    output: (text) => run.print(text),
    space: '',
    hold: '',
    appended: [],
    substituted: false,
    active: new Map(),
    lastRegex: undefined,
    files: new Map(),
    quit: false,
    exitCode: 0,
  };
  return editing;
}

/** All lines of these files, as of one; answers the exit code. */
export async function edit(editing: Editing, paths: readonly string[]): Promise<number> {
  const { input } = editing;
  editing.exitCode = 0;
  input.begin(paths);
  for (let line = await input.read(); line !== undefined && !editing.quit; line = await input.read()) {
    editing.space = line;
    await cycle(editing);
  }
  input.close();
  for (const [path, text] of editing.files) await editing.run.writeFile(path, encode(text));
  return editing.exitCode;
}

async function cycle(editing: Editing): Promise<void> {
  let pass: 'again' | 'done' | 'silent';
  do pass = await runScript(editing);
  while (pass === 'again');
  if (pass === 'done' && !editing.quiet) await printLine(editing, editing.space);
  await flushAppended(editing);
}

async function runScript(editing: Editing): Promise<'again' | 'done' | 'silent'> {
  const { commands, run } = editing;
  for (let at = 0, steps = 0; at < commands.length; at++) {
    if (++steps % 256 === 0) await run.process.tick();
    const command = commands[at]!;
    if (!(await isSelected(editing, command))) {
      if (command.name === '{') at = command.end!;
      continue;
    }
    const course = await perform(editing, command);
    if (typeof course === 'number') at = course;
    else if (course !== undefined) return course;
  }
  return 'done';
}
