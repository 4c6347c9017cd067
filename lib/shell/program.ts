/**
 * The shell as a program: `sh`, `ash`, `bash`.
 *
 *     sh [-euxilo…] [-c text [name [argument…]] | file [argument…] | -s [argument…]]
 */
import { FsError } from '../fs';
import type { Process, Program } from '../process';
import { isName } from './assignment';
import { applyOptions } from './builtins/options';
import { readCheckpoint, restore } from './checkpoint';
import { syntaxFault } from './complaint';
import type { Completer } from './completion';
import type { Dialect } from './dialect';
import { Exit, Fault } from './flow';
import { Parser } from './grammar/parser';
import { interact } from './interactive';
import { run } from './interpret';
import { readText } from './script';
import { type Result, Shell } from './shell';
import { type Command, SyntaxFault } from './syntax';
import { beInteractive } from './traps';

export interface ShellOptions {
  readonly dialect: Dialect;
  /** What it calls itself; by default argv[0]. */
  readonly name?: string;
  readonly completer?: Completer;
  /** A checkpoint of an earlier shell (`Process.checkpoint`): goes on from there at a prompt, quietly. */
  readonly restore?: unknown;
  /** A line that an interactive shell runs before its first prompt, as if it had been typed, but not shown. */
  readonly firstLine?: string;
}

export function shellProgram(options: ShellOptions): Program {
  return (process) => {
    const name = options.name ?? process.argv[0] ?? 'sh';
    // In a GNU image sh is dash, as in Debian.
    const isSh = /^-?(?:.*\/)?(?:sh|dash)$/.test(name);
    const dialect = options.dialect === 'gnu' && isSh ? 'dash' : options.dialect;
    const shell = new Shell(process, dialect, name);
    importEnvironment(shell);
    return shell.runToEnd(() => begin(shell, options));
  };
}

interface Invocation {
  readonly command?: string;
  readonly file?: string;
  readonly login: boolean;
}

/** The exit status, or what is to be waited for: a shell at a prompt does not keep how it came there. */
async function begin(shell: Shell, options: ShellOptions): Promise<Result> {
  const { process } = shell;
  const from = readCheckpoint(options.restore);
  if (from) {
    restore(shell, from);
    return () => interact(shell, options, from);
  }
  const invocation = await invocationOf(shell, process.argv);
  if (invocation.login) await startUp(shell, ['/etc/profile', `${shell.variables.get('HOME') ?? ''}/.profile`]);
  if (invocation.command !== undefined) {
    shell.options.add('c');
    shell.reading = '-c';
    return shell.runText(invocation.command, shell.dialect === 'busybox' ? 0 : 1, true);
  }
  if (invocation.file !== undefined) return runFile(shell, invocation.file);
  return fromInput(shell, options, invocation);
}

async function fromInput(shell: Shell, options: ShellOptions, { login }: Invocation): Promise<Result> {
  const { process } = shell;
  shell.options.add('s');
  const terminal = process.stdin.terminal !== undefined;
  if (!shell.interactive && !terminal) return runInput(shell);
  shell.options.add('i');
  setPrompts(shell);
  if (!login)
    await startUp(
      shell,
      shell.dialect === 'gnu'
        ? ['/etc/bash.bashrc', `${shell.variables.get('HOME') ?? ''}/.bashrc`]
        : [shell.variables.get('ENV') ?? ''],
    );
  if (terminal) return () => interact(shell, options, undefined);
  beInteractive(shell);
  return runInput(shell);
}

function setPrompts(shell: Shell): void {
  const { variables, dialect } = shell;
  const PS1 = { gnu: '\\s-\\v\\$ ', busybox: '\\w \\$ ', dash: '\\$ ' }[dialect];
  for (const [name, value] of Object.entries({ PS1, PS2: '> ', PS4: '+ ' }))
    if (variables.get(name) === undefined || (name === 'PS1' && dialect !== 'gnu' && variables.get(name) === '$ '))
      variables.set(name, value);
}

function importEnvironment(shell: Shell): void {
  const { process, variables } = shell;
  for (const [name, value] of Object.entries(process.env)) {
    if (!isName(name)) continue;
    variables.set(name, value);
    variables.mark(name, 'exported');
  }
  const level = Number(variables.get('SHLVL') ?? 0);
  variables.set('SHLVL', String((Number.isInteger(level) ? level : 0) + 1));
  variables.mark('SHLVL', 'exported');
  variables.set('IFS', ' \t\n');
  variables.set('OPTIND', '1');
  if (shell.dialect === 'gnu') variables.set('BASH_VERSION', '5.3.15(1)-release');
  variables.set('PPID', String(process.ppid));
  if (variables.get('PATH') === undefined) variables.set('PATH', '/sbin:/usr/sbin:/bin:/usr/bin');
  setPrompts(shell);
  if (!pointsHere(process, variables.get('PWD'))) variables.set('PWD', process.cwd);
  else process.cwd = variables.get('PWD')!;
  variables.mark('PWD', 'exported');
}

function pointsHere(process: Process, path: string | undefined): boolean {
  if (!path?.startsWith('/')) return false;
  try {
    return process.fs.realpath(path) === process.fs.realpath(process.cwd);
  } catch {
    return false;
  }
}

// Arguments

async function invocationOf(shell: Shell, argv: readonly string[]): Promise<Invocation> {
  let login = argv[0]?.startsWith('-') ?? false;
  let takesCommand = false;
  let takesInput = false;
  let at = 1;
  for (; at < argv.length && /^[-+]./.test(argv[at]!); at++) {
    const word = argv[at]!;
    if (word === '--') {
      at++;
      break;
    }
    if (word.startsWith('--')) {
      if (word === '--login') login = true;
      continue;
    }
    for (const letter of word.slice(1)) {
      if (letter === 'c') takesCommand = true;
      else if (letter === 's') takesInput = true;
      else if (letter === 'l') login = true;
      else if (letter === 'i') shell.options.add('i');
      else if (letter === 'o') await option(shell, [`${word[0]}o`, argv[++at] ?? '']);
      else await option(shell, [`${word[0]}${letter}`]);
    }
  }
  const rest = argv.slice(argv[at] === '-' ? at + 1 : at);
  return takesCommand ? commandOf(shell, rest, login) : operandsOf(shell, rest, login, takesInput);
}

async function option(shell: Shell, words: readonly string[]): Promise<void> {
  try {
    await applyOptions(shell, words);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    await shell.tell(`${shell.name}: ${shell.dialect === 'dash' ? '0: ' : ''}${error.message}\n`);
    throw new Exit(2);
  }
}

async function commandOf(
  shell: Shell,
  [command, name, ...args]: readonly string[],
  login: boolean,
): Promise<Invocation> {
  if (command === undefined) {
    await shell.tell(`${shell.name}: ${shell.dialect === 'dash' ? '0: ' : ''}-c requires an argument\n`);
    throw new Exit(2);
  }
  if (name !== undefined) shell.name = name;
  shell.positional = args;
  return { command, login };
}

function operandsOf(shell: Shell, rest: readonly string[], login: boolean, takesInput: boolean): Invocation {
  if (takesInput || rest.length === 0) {
    shell.positional = [...rest];
    return { login };
  }
  shell.positional = rest.slice(1);
  return { file: rest[0], login };
}

// Sources of text

async function startUp(shell: Shell, files: readonly string[]): Promise<void> {
  for (const file of files) {
    if (!file || !shell.process.fs.exists(file)) continue;
    try {
      await shell.runText(readText(shell, file), 1);
    } catch (error) {
      if (error instanceof Exit) throw error;
      await shell.statusOf(error);
    }
  }
  shell.status = 0;
}

async function runFile(shell: Shell, file: string): Promise<number> {
  let text: string;
  if (shell.dialect === 'dash') shell.line = 0;
  try {
    text = readText(shell, file);
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    const gnu = shell.dialect === 'gnu';
    const absent = error.errno === 'ENOENT' || error.errno === 'ENOTDIR';
    await (gnu
      ? shell.tell(`${shell.name}: ${shell.wording.cannotOpen(file, error.errno)}
`)
      : shell.complain(shell.wording.cannotOpen(file, error.errno)));
    return gnu && !absent ? 126 : gnu ? 127 : 2;
  }
  shell.name = file;
  return shell.runText(text, 1, false);
}

/** Commands on standard input, line by line: what a command does not read stays for the next. */
async function runInput(shell: Shell): Promise<number> {
  let text = '';
  let firstLine = 1;
  for (;;) {
    const line = await readLine(shell.process);
    if (line === undefined) break;
    if (shell.options.has('v')) await shell.tell(line);
    text += line;
    if (/(?:^|[^\\])(?:\\\\)*\\\n$/.test(text)) continue;
    const commands = parsed(shell, text, firstLine, true);
    if (!commands) continue;
    firstLine += text.split('\n').length - 1;
    text = '';
    await execute(shell, commands);
  }
  for (const command of text ? (parsed(shell, text, firstLine, false) ?? []) : []) await run(shell, command);
  return shell.status;
}

async function execute(shell: Shell, commands: readonly Command[]): Promise<void> {
  for (const command of commands) await run(shell, command);
}

/** Undefined when more text is needed. */
function parsed(shell: Shell, text: string, firstLine: number, partial: boolean): Command[] | undefined {
  try {
    const parser = new Parser(text, { dialect: shell.dialect, aliases: shell.usableAliases, firstLine, partial });
    const commands: Command[] = [];
    for (let next = parser.next(); next !== 'end'; next = parser.next()) if (next) commands.push(next);
    return shell.options.has('n') ? [] : commands;
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    if (error.unfinished && partial) return undefined;
    shell.line = error.line;
    throw syntaxFault(shell, error);
  }
}

/** Bytes of one line of commands. */
const longestLine = 4 * 1024 * 1024;

async function readLine(process: Process): Promise<string | undefined> {
  const bytes: number[] = [];
  for (;;) {
    const [byte] = await process.stdin.read(process, 1);
    if (byte === undefined) return bytes.length > 0 ? decode(bytes) : undefined;
    bytes.push(byte);
    if (bytes.length > longestLine) throw new Fault('out of memory');
    if (byte === 10) return decode(bytes);
  }
}

const decode = (bytes: readonly number[]) => new TextDecoder().decode(Uint8Array.from(bytes));
