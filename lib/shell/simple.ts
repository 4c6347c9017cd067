/** A simple command: assignments, a function, a builtin, or a program. */
import { type Errno, errnoText, FsError } from '../fs';
import { Crash, interpreterLine } from '../process';
import { assignElement, assignList } from './arrays';
import { builtinNamed } from './builtins';
import type { Builtin } from './builtins/builtin';
import { expandText, expandWords } from './expand';
import { Exit, Fault, Return } from './flow';
import { run } from './interpret';
import { foreground } from './processes';
import { redirect } from './redirect';
import { runScript } from './script';
import { findExecutable } from './search';
import { deepestCall, type Shell } from './shell';
import { spawning } from './spawning';
import type { Assignment, FunctionDefinition, Simple, Word } from './syntax';
import { quoted, trace } from './trace';

/** Commands whose arguments may be assignments: those are not split. */
const declarations = new Set(['export', 'readonly', 'local', 'declare', 'typeset']);

type Values = readonly { readonly name: string; readonly value: string }[];

export async function simple(shell: Shell, command: Simple, tail: boolean): Promise<number> {
  const lent = shell.lent.length;
  try {
    return await runSimple(shell, command, tail);
  } finally {
    if (shell.lent.length > lent) shell.takeBack(lent);
  }
}

async function runSimple(shell: Shell, command: Simple, tail: boolean): Promise<number> {
  shell.line = command.line;
  await shell.process.tick();
  if (shell.traps.pending) await shell.runTraps();
  shell.substituted = undefined;
  const words = await wordsOf(shell, command.words);
  const [name] = words;
  if (name === undefined) return assignOnly(shell, command);
  const builtin = builtinNamed(shell.dialect, name);
  const found = (builtin?.special && shell.dialect !== 'gnu' ? undefined : shell.functions.get(name)) ?? builtin;
  const isExec = builtin !== undefined && found === builtin && name === 'exec' && words.length === 1;
  let undo: Awaited<ReturnType<typeof redirect>>;
  try {
    undo = await redirect(shell, command.redirects, found !== undefined && !isExec);
  } catch (error) {
    return refused(shell, error, builtin?.special === true && found === builtin);
  }
  try {
    const values = await valuesOf(shell, command.assignments);
    await traceCommand(shell, values, words);
    if (!found) return await external(shell, words, values, tail, command.text);
    if ('run' in found) return await declareLists(shell, command, words, () => runBuiltin(shell, found, words, values));
    return await withAssignments(shell, values, () => call(shell, found, words));
  } finally {
    if (isExec) undo.keep();
    else undo.undo();
  }
}

function refused(shell: Shell, error: unknown, special: boolean): number {
  if (!(error instanceof Fault) || error.fatal) throw error;
  if (special && shell.dialect !== 'gnu' && !shell.interactive) throw new Exit(error.status);
  return error.status;
}

async function wordsOf(shell: Shell, words: readonly Word[]): Promise<string[]> {
  const first = words[0]?.parts;
  const literal = first?.length === 1 && first[0]?.kind === 'text' ? first[0].text : undefined;
  if (literal === undefined || !declarations.has(literal)) return expandWords(shell, words);
  const out: string[] = [];
  for (const word of words) {
    const text = word.parts[0];
    const isAssignment = text?.kind === 'text' && !text.quoted && /^[A-Za-z_][A-Za-z0-9_]*=/.test(text.text);
    if (isAssignment) out.push(await expandText(shell, word, { assignment: true }));
    else out.push(...(await expandWords(shell, [word])));
  }
  return out;
}

async function valuesOf(shell: Shell, assignments: readonly Assignment[]): Promise<Values> {
  const values: { name: string; value: string }[] = [];
  for (const { name, append, value } of assignments) {
    const text = await expandText(shell, value, { assignment: true });
    values.push({ name, value: append ? (shell.variables.get(name) ?? '') + text : text });
  }
  return values;
}

async function assignOnly(shell: Shell, command: Simple): Promise<number> {
  const shown: string[] = [];
  for (const one of command.assignments) {
    if (one.list || one.index) {
      await (one.list ? assignList(shell, one) : assignElement(shell, one));
      continue;
    }
    // One after the other: a later value may use an earlier one.
    const [{ name, value } = { name: '', value: '' }] = await valuesOf(shell, [one]);
    if (shell.dialect === 'gnu') await trace(shell, `${name}=${quoted(shell, value)}`);
    shell.assign(name, value);
    shown.push(`${name}=${shell.options.has('x') ? quoted(shell, value) : ''}`);
  }
  if (shell.dialect !== 'gnu' && shown.length > 0) await trace(shell, shown.join(' '));
  try {
    (await redirect(shell, command.redirects)).undo();
  } catch (error) {
    return refused(shell, error, false);
  }
  return shell.substituted ?? 0;
}

async function traceCommand(shell: Shell, values: Values, words: readonly string[]): Promise<void> {
  if (!shell.options.has('x')) return;
  const assigned = values.map(({ name, value }) => `${name}=${quoted(shell, value)}`);
  await trace(shell, [...assigned, ...words.map((word) => quoted(shell, word))].join(' '));
}

/** Assignments before a command hold for it alone. */
async function withAssignments(shell: Shell, values: Values, work: () => Promise<number>): Promise<number> {
  if (values.length === 0) return work();
  const saved = values.map(({ name }) => [name, shell.variables.save(name)] as const);
  for (const { name, value } of values) {
    shell.assign(name, value);
    shell.variables.mark(name, 'exported');
  }
  try {
    return await work();
  } finally {
    for (const [name, old] of saved.reverse()) shell.variables.restore(name, old);
  }
}

/** `readonly a=(…)` sets before it marks, `local a=(…)` hides before it sets. */
async function declareLists(
  shell: Shell,
  { lists }: Simple,
  words: readonly string[],
  work: () => Promise<number>,
): Promise<number> {
  const first = words[0] === 'readonly' || words[0] === 'export' || words.some((word) => /^-\w*r/.test(word));
  if (first) for (const one of lists) await assignList(shell, one);
  const status = await work();
  if (!first) for (const one of lists) await assignList(shell, one);
  return status;
}

export async function runBuiltin(
  shell: Shell,
  builtin: Builtin,
  words: readonly string[],
  values: Values,
): Promise<number> {
  const work = async () => builtin.run(shell, words.slice(1), words[0]!);
  try {
    if (!builtin.special) return await withAssignments(shell, values, work);
    for (const { name, value } of values) shell.assign(name, value);
    return await work();
  } catch (error) {
    if (error instanceof FsError) return writeFailed(shell, words[0]!, error.errno);
    if (!(error instanceof Fault)) throw error;
    error.builtin ??= words[0];
    if (builtin.special && error.fatal && shell.dialect !== 'gnu') throw error;
    if (error.ends && !shell.interactive) throw error;
    await shell.report(error);
    return error.status;
  }
}

async function writeFailed(shell: Shell, name: string, errno: Errno): Promise<number> {
  const text = errnoText[errno];
  if (shell.dialect === 'dash') await shell.complain(`${name}: I/O error`, name);
  else if (shell.dialect === 'gnu') await shell.complain(`write error: ${text}`, name);
  else await shell.tell(`${shell.name}: write error: ${text}\n`);
  return 1;
}

export async function call(shell: Shell, definition: FunctionDefinition, words: readonly string[]): Promise<number> {
  if (shell.depth >= deepestCall[shell.dialect]) return tooDeep(shell);
  const { positional, loops, callee } = shell;
  shell.callee = definition.name;
  shell.depth++;
  shell.loops = 0;
  shell.positional = words.slice(1);
  shell.variables.enter();
  try {
    return await run(shell, definition.body);
  } catch (error) {
    if (!(error instanceof Return)) throw error;
    return (shell.status = error.status);
  } finally {
    shell.variables.leave();
    shell.positional = positional;
    shell.loops = loops;
    shell.callee = callee;
    shell.depth--;
  }
}

/** busybox and dash count; bash's stack is full one day. */
function tooDeep(shell: Shell): never {
  throw shell.dialect === 'gnu' ? new Crash('SEGV') : new Fault(shell.wording.tooDeep);
}

// Programs

export async function external(
  shell: Shell,
  words: readonly string[],
  values: Values,
  tail: boolean,
  text = words.join(' '),
): Promise<number> {
  const env = shell.variables.environment(shell.dialect !== 'gnu');
  for (const { name, value } of values) env[name] = value;
  const path = values.find(({ name }) => name === 'PATH')?.value ?? shell.variables.get('PATH') ?? '';
  const found = findExecutable(shell, words[0]!, path);
  if (words[0] === '' && shell.dialect !== 'gnu') {
    await shell.complain(': Permission denied');
    return 127;
  }
  if (!found) {
    await shell.complain(shell.wording.notFound(words[0]!));
    return 127;
  }
  const replaces = tail && !shell.traps.has('EXIT') && !shell.monitor;
  try {
    if (replaces) return await shell.process.exec({ path: found, argv: words, env });
    const child = await spawning(shell, () =>
      shell.process.spawn({ path: found, argv: words, env, group: shell.monitor }),
    );
    return await foreground(shell, [child.pid], text);
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    return cannotRun(shell, found, words, env, error.errno, tail);
  }
}

async function cannotRun(
  shell: Shell,
  path: string,
  words: readonly string[],
  env: Record<string, string>,
  errno: Errno,
  tail: boolean,
): Promise<number> {
  if (errno === 'ENOEXEC') {
    if (tail) return runScript(shell, path, words);
    const child = await shell.fork((sub) => runScript(sub, path, words, env), { group: shell.monitor });
    return foreground(shell, [child.pid], words.join(' '));
  }
  const { fs } = shell.process;
  if (errno === 'ENOENT' && fs.exists(path) && shell.dialect === 'gnu') {
    const [interpreter] = interpreterLine(fs.readFile(path)) ?? [];
    await shell.tell(`${shell.name}: ${words[0]}: ${interpreter}: bad interpreter: No such file or directory\n`);
    return 126;
  }
  const isDirectory = fs.exists(path) && fs.stat(path).kind === 'directory';
  await shell.complain(shell.wording.cannotRun(words[0]!, errno, isDirectory));
  return errno === 'ENOENT' ? 127 : 126;
}
