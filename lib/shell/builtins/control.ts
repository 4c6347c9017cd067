/** Flow: break, continue, return, exit, eval, exec, ., true, false, :, times, trap. */
import { FsError } from '../../fs';
import { signals } from '../../process';
import { prefixOf } from '../complaint';
import { Exit, Fault, Leave, Return } from '../flow';
import { source, unsourced } from '../script';
import { findExecutable } from '../search';
import type { Shell } from '../shell';
import { ashQuoted, singleQuoted } from '../trace';
import { parseTrapName, setTrap } from '../traps';
import type { Builtins } from './builtin';

/** A status or count argument. */
function numberOf(shell: Shell, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  if (shell.dialect === 'gnu' && /^[-+]\d+$/.test(text)) return Number(text);
  throw new Fault(shell.wording.illegalNumber(text));
}

function leave(kind: 'break' | 'continue') {
  return (shell: Shell, [count]: readonly string[]): number => {
    const outside = shell.loops === 0 && shell.dialect === 'gnu';
    const levels = count === undefined || outside ? 1 : numberOf(shell, count);
    if (outside) throw new Fault("only meaningful in a `for', `while', or `until' loop", 0, false);
    if (levels < 1)
      throw new Fault(
        shell.dialect === 'gnu' ? `${count}: loop count out of range` : shell.wording.illegalNumber(count!),
      );
    if (shell.loops === 0) return 0;
    throw new Leave(kind, Math.min(levels, shell.loops));
  };
}

async function exec(shell: Shell, args: readonly string[]): Promise<number> {
  const [name] = args;
  if (name === undefined) return 0;
  const found = findExecutable(shell, name);
  if (!found)
    throw execFault(shell, 'exec', shell.dialect === 'gnu' ? `${name}: not found` : shell.wording.notFound(name), 127);
  shell.traps.drop('EXIT');
  try {
    const env = shell.variables.environment(shell.dialect !== 'gnu');
    throw new Exit(await shell.process.exec({ path: found, argv: args, env }));
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    const { fs } = shell.process;
    const isDirectory = fs.exists(found) && fs.stat(found).kind === 'directory';
    const message = shell.wording.cannotRun(name, error.errno, isDirectory);
    throw execFault(shell, undefined, message, error.errno === 'ENOENT' ? 127 : 126);
  }
}

/** A script ends with it. In bash `who` speaks: of a file that cannot be run, the shell itself. */
function execFault(shell: Shell, who: string | undefined, message: string, status: number): Fault {
  const fault = new Fault(message, status);
  if (shell.dialect === 'gnu') fault.whole = `${prefixOf(shell, who)}${message}\n`;
  fault.ends = true;
  return fault;
}

function dot(shell: Shell, [file, ...args]: readonly string[]): Promise<number> {
  if (file === undefined)
    throw new Fault(shell.dialect === 'gnu' ? 'filename argument required' : 'file name missing', 2);
  return source(shell, sourcePath(shell, file), shell.dialect === 'dash' ? [] : args);
}

/** `.` looks along PATH for a name without a slash. */
function sourcePath(shell: Shell, file: string): string {
  if (file.includes('/')) return file;
  for (const directory of (shell.variables.get('PATH') ?? '').split(':')) {
    const path = `${directory || '.'}/${file}`;
    if (shell.process.fs.exists(path) && shell.process.fs.stat(path).kind === 'file') return path;
  }
  if (shell.dialect === 'gnu' && shell.process.fs.exists(file)) return file;
  throw unsourced(shell, file);
}

async function trap(shell: Shell, args: readonly string[]): Promise<number> {
  const rest = args[0] === '--' ? args.slice(1) : args;
  if (rest.length === 0 || rest[0] === '-p') return listTraps(shell);
  if (rest[0] === '-l') return listSignals(shell);
  const only = rest.length === 1;
  const action = only || rest[0] === '-' ? undefined : rest[0];
  let status = 0;
  for (const text of only ? rest : rest.slice(1)) {
    const name = parseTrapName(text);
    if (shell.dialect === 'dash' && (!name || name === 'ERR' || name === 'DEBUG')) {
      await shell.tell(`trap: ${text}: bad trap\n`);
      return 1;
    }
    if (name) setTrap(shell, name, action);
    else {
      await shell.complain(`${text}: invalid signal specification`, 'trap');
      status = 1;
    }
  }
  return status;
}

async function listTraps(shell: Shell): Promise<number> {
  const gnu = shell.dialect === 'gnu';
  const order = (name: string) => (name === 'EXIT' ? 0 : (signals[name as keyof typeof signals] ?? 99));
  const names = shell.traps.names().sort((a, b) => order(a) - order(b));
  for (const name of names) {
    const shown = gnu && name !== 'EXIT' && name !== 'ERR' && name !== 'DEBUG' ? `SIG${name}` : name;
    await shell.process.print(`trap -- ${(gnu ? singleQuoted : ashQuoted)(shell.traps.get(name)!)} ${shown}\n`);
  }
  return 0;
}

/** As bash shows them, those of real time too: five in a row. */
const signalTable = [
  ...Object.entries(signals).map(([name, number]) => [number, name === 'POLL' ? 'IO' : name] as const),
  ...Array.from({ length: 16 }, (_, at) => [34 + at, at === 0 ? 'RTMIN' : `RTMIN+${at}`] as const),
  ...Array.from({ length: 15 }, (_, at) => [50 + at, at === 14 ? 'RTMAX' : `RTMAX-${14 - at}`] as const),
]
  .map(([number, name], at) => `${String(number).padStart(2)}) SIG${name}${at % 5 === 4 ? '\n' : '\t'}`)
  .join('')
  .concat('\n');

export async function listSignals(shell: Shell): Promise<number> {
  if (shell.dialect === 'gnu') {
    await shell.process.print(signalTable);
    return 0;
  }
  for (const [name, number] of Object.entries(signals))
    await shell.process.print(`${String(number).padStart(2)}) ${name}\n`);
  return 0;
}

async function evaluate(shell: Shell, args: readonly string[]): Promise<number> {
  if (args.length === 0) return 0;
  const { reading } = shell;
  shell.reading = 'eval';
  try {
    return await shell.runText(args.join(' '), shell.line);
  } finally {
    shell.reading = reading;
  }
}

async function times(shell: Shell): Promise<number> {
  await shell.process.print('0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n');
  return 0;
}

export const control: Builtins = {
  ':': { special: true, run: () => 0 },
  true: { run: () => 0 },
  false: { run: () => 1 },
  break: { special: true, run: leave('break') },
  continue: { special: true, run: leave('continue') },
  return: {
    special: true,
    run: (shell, [status]) => {
      const outside = shell.dialect === 'gnu' && shell.depth === 0;
      if (outside) throw new Fault("can only `return' from a function or sourced script", 2, false);
      throw new Return(status === undefined ? shell.status : numberOf(shell, status) & 0xff);
    },
  },
  exit: {
    special: true,
    run: async (shell, [status, more]) => {
      await shell.tell(shell.farewell);
      if (more !== undefined && shell.dialect === 'gnu') throw execFault(shell, 'exit', 'too many arguments', 1);
      throw new Exit(status === undefined ? shell.status : numberOf(shell, status) & 0xff);
    },
  },
  logout: {
    gnu: true,
    run: async (shell) => {
      await shell.tell(shell.farewell);
      throw new Exit(shell.status);
    },
  },
  eval: { special: true, run: evaluate },
  exec: { special: true, run: exec },
  '.': { special: true, run: dot },
  source: { special: true, run: dot },
  trap: { special: true, run: trap },
  times: { special: true, run: times },
};
