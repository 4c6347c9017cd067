/** Runs a tree. Each answers the exit status and leaves it in `$?`. */
import { unreachable } from '../errors';
import { matches } from '../pattern';
import { calculateText } from './calculate';
import { condition } from './condition';
import { expandPattern, expandText, expandWords } from './expand';
import { Exit, Fault, Leave } from './flow';
import { background, pipeline, rememberStatuses, subshell } from './processes';
import { redirect } from './redirect';
import type { Shell } from './shell';
import { simple } from './simple';
import type { Case, Command, Count, For, If, Loop, Pipeline, Redirect, Simple, Word } from './syntax';
import { quoted, trace } from './trace';

/** `tail`: nothing follows in this process, so an external command may take its place. */
export async function run(shell: Shell, command: Command, tail = false): Promise<number> {
  if (shell.options.has('n') && !shell.interactive) return shell.status;
  const ash = shell.dialect !== 'gnu';
  switch (command.kind) {
    case 'simple':
      return checked(shell, remembered(shell, command, await simple(shell, command, tail)));
    case 'pipeline':
      if (command.timed) return time(shell, command);
      return negatedOrChecked(shell, command.negated, () => pipeline(shell, command));
    case 'and':
    case 'or':
      return either(shell, command.kind, command.left, command.right, tail);
    case 'sequence':
      return sequence(shell, command.commands, tail);
    case 'background':
      return background(shell, command);
    case 'subshell':
      // The last thing that a process does may be done in it.
      if (tail && (shell.sub || ash) && !shell.traps.has('EXIT'))
        return within(shell, command.redirects, () => run(shell, command.body, true));
      return checked(shell, await within(shell, command.redirects, () => subshell(shell, command)));
    case 'group':
      return within(shell, command.redirects, () => run(shell, command.body, tail && ash));
    case 'if':
      return within(shell, command.redirects, () => choose(shell, command, tail && ash));
    case 'while':
    case 'until':
      return within(shell, command.redirects, () => loop(shell, command));
    case 'for':
      return within(shell, command.redirects, () => each(shell, command));
    case 'count':
      return within(shell, command.redirects, () => count(shell, command));
    case 'case':
      return within(shell, command.redirects, () => match(shell, command, tail && ash));
    case 'function':
      shell.define(command);
      return (shell.status = 0);
    case 'condition':
      shell.line = command.line;
      return checked(shell, await within(shell, command.redirects, () => condition(shell, command)));
    case 'arithmetic':
      shell.line = command.line;
      return checked(shell, await within(shell, command.redirects, () => arithmetic(shell, command.expression)));
    default:
      return unreachable(command);
  }
}

/** A command by itself is a pipeline of one. */
function remembered(shell: Shell, { words }: Simple, status: number): number {
  if (shell.dialect === 'gnu' && words.length > 0) rememberStatuses(shell, [status]);
  return status;
}

/** `set -e`. */
async function checked(shell: Shell, status: number): Promise<number> {
  shell.status = status;
  if (status !== 0 && shell.tested === 0 && shell.traps.has('ERR')) await shell.runErrorTrap();
  if (status !== 0 && shell.tested === 0 && shell.options.has('e')) throw new Exit(status);
  return status;
}

async function negatedOrChecked(shell: Shell, negated: boolean, work: () => Promise<number>): Promise<number> {
  if (!negated) return checked(shell, await work());
  const status = await tested(shell, work);
  return (shell.status = status === 0 ? 1 : 0);
}

async function time(shell: Shell, command: Pipeline): Promise<number> {
  const { clock } = shell.process.system;
  const began = clock.now();
  const status = await run(shell, { ...command, timed: undefined });
  const seconds = Number(clock.now() - began) / 1e9;
  const long = (value: number) => `${Math.floor(value / 60)}m${(value % 60).toFixed(3)}s`;
  const rows = { real: seconds, user: 0, sys: 0 };
  for (const [name, value] of Object.entries(rows)) {
    const first = name === 'real' && command.timed === 'bash' ? '\n' : '';
    await shell.tell(`${first}${name}${command.timed === 'p' ? ` ${value.toFixed(2)}` : `\t${long(value)}`}\n`);
  }
  return status;
}

/** Runs what is only asked for its status. */
async function tested(shell: Shell, work: () => Promise<number>): Promise<number> {
  shell.tested++;
  try {
    return await work();
  } finally {
    shell.tested--;
  }
}

async function either(shell: Shell, kind: 'and' | 'or', left: Command, right: Command, tail: boolean): Promise<number> {
  const status = await tested(shell, () => run(shell, left));
  if ((status === 0) !== (kind === 'and')) return status;
  return run(shell, right, tail);
}

async function sequence(shell: Shell, commands: readonly Command[], tail: boolean): Promise<number> {
  if (commands.length === 0) return (shell.status = 0);
  for (const [at, command] of commands.entries()) await run(shell, command, tail && at === commands.length - 1);
  return shell.status;
}

/** Runs with redirections, when there are any. */
async function within(shell: Shell, redirects: readonly Redirect[], work: () => Promise<number>): Promise<number> {
  if (redirects.length === 0) return work();
  let undo: Awaited<ReturnType<typeof redirect>>;
  try {
    undo = await redirect(shell, redirects);
  } catch (error) {
    if (!(error instanceof Fault) || error.fatal) throw error;
    return checked(shell, error.status);
  }
  try {
    return await work();
  } finally {
    undo.undo();
  }
}

async function choose(shell: Shell, command: If, tail: boolean): Promise<number> {
  for (const { condition: asked, body } of command.clauses)
    if ((await tested(shell, () => run(shell, asked))) === 0) return run(shell, body, tail);
  if (command.otherwise) return run(shell, command.otherwise, tail);
  return (shell.status = 0);
}

/** One round of a loop's body. True when the loop is to end. */
async function round(shell: Shell, body: Command): Promise<boolean> {
  try {
    await run(shell, body);
    return false;
  } catch (error) {
    if (!(error instanceof Leave)) throw error;
    if (error.levels > 1 && shell.loops > 1) throw new Leave(error.kind, error.levels - 1);
    shell.status = 0;
    return error.kind === 'break';
  }
}

async function looping(shell: Shell, work: () => Promise<number>): Promise<number> {
  shell.loops++;
  try {
    return (shell.status = await work());
  } finally {
    shell.loops--;
  }
}

function loop(shell: Shell, { kind, condition: asked, body }: Loop): Promise<number> {
  return looping(shell, async () => {
    let status = 0;
    while (((await tested(shell, () => run(shell, asked))) === 0) === (kind === 'while')) {
      if (await round(shell, body)) return 0;
      status = shell.status;
      await shell.process.tick();
    }
    return status;
  });
}

async function each(shell: Shell, { name, words, body, line }: For): Promise<number> {
  shell.line = line;
  const values = words ? await expandWords(shell, words) : [...shell.positional];
  return looping(shell, async () => {
    let status = 0;
    for (const value of values) {
      if (shell.dialect === 'gnu' && shell.options.has('x'))
        await trace(shell, `for ${name} in ${values.map((one) => quoted(shell, one)).join(' ')}`);
      shell.assign(name, value);
      if (await round(shell, body)) return 0;
      status = shell.status;
      await shell.process.tick();
    }
    return status;
  });
}

function count(shell: Shell, { first, condition: asked, step, body }: Count): Promise<number> {
  const value = async (word: Word) => calculateText(shell, await expandText(shell, word));
  return looping(shell, async () => {
    let status = 0;
    await value(first);
    while (asked.parts.length === 0 || (await value(asked)) !== 0n) {
      if (await round(shell, body)) return 0;
      status = shell.status;
      await value(step);
      await shell.process.tick();
    }
    return status;
  });
}

async function match(shell: Shell, { subject, source, arms }: Case, tail: boolean): Promise<number> {
  const text = await expandText(shell, subject);
  if (shell.dialect === 'gnu' && shell.options.has('x')) await trace(shell, `case ${source} in`);
  let falling = false;
  let status: number | undefined;
  for (const { patterns, body, end } of arms) {
    if (!falling && !(await anyMatches(shell, patterns, text))) continue;
    status = body ? await run(shell, body, tail && end === ';;') : (shell.status = 0);
    if (end === ';;') return status;
    falling = end === ';&';
  }
  return (shell.status = status ?? 0);
}

async function anyMatches(shell: Shell, patterns: Case['arms'][number]['patterns'], text: string): Promise<boolean> {
  for (const pattern of patterns)
    if (matches(await expandPattern(shell, pattern), text, shell.options.has('nocasematch'))) return true;
  return false;
}

async function arithmetic(shell: Shell, expression: Parameters<typeof expandText>[1]): Promise<number> {
  const source = await expandText(shell, expression);
  await trace(shell, `((${source}))`);
  return calculateText(shell, source) === 0n ? 1 : 0;
}
