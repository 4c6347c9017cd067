/** The questions that `test`, `[` and `[[` ask. */
import { FsError, type Stat } from '../fs';
import type { Shell } from './shell';
import { parameterValue } from './special';

export class TestFault {
  constructor(readonly message: string) {}
}

const unary = new Set('abcdefghknoprstuvwxzGLNOSR'.split('').map((letter) => `-${letter}`));

export function isUnary(text: string): boolean {
  return unary.has(text) && text !== '-a' && text !== '-o';
}

export function unaryTest(shell: Shell, operator: string, operand: string): boolean {
  switch (operator) {
    case '-z':
      return operand === '';
    case '-n':
      return operand !== '';
    case '-t':
      return shell.process.descriptors.get(integer(shell, operand))?.terminal !== undefined;
    case '-v':
      return parameterValue(shell, operand) !== undefined;
    case '-r':
      return may(shell, operand, 4);
    case '-w':
      return may(shell, operand, 2);
    case '-x':
      return may(shell, operand, 1);
    case '-L':
    case '-h':
      return statOf(() => shell.process.fs.lstat(operand))?.kind === 'symlink';
    default:
      return ofFile(
        shell,
        operator,
        statOf(() => shell.process.fs.stat(operand)),
      );
  }
}

function ofFile(shell: Shell, operator: string, stat: Stat | undefined): boolean {
  if (!stat) return false;
  switch (operator) {
    case '-d':
      return stat.kind === 'directory';
    case '-f':
      return stat.kind === 'file';
    case '-s':
      return stat.size > 0;
    case '-b':
      return stat.kind === 'block';
    case '-c':
      return stat.kind === 'char';
    case '-p':
      return stat.kind === 'fifo';
    case '-S':
      return stat.kind === 'socket';
    case '-u':
      return (stat.mode & 0o4000) !== 0;
    case '-g':
      return (stat.mode & 0o2000) !== 0;
    case '-k':
      return (stat.mode & 0o1000) !== 0;
    case '-O':
      return stat.uid === shell.process.credentials.uid;
    case '-G':
      return stat.gid === shell.process.credentials.gid;
    case '-N':
      return stat.mtime > stat.atime;
    default:
      return true;
  }
}

function statOf(ask: () => Stat): Stat | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof FsError) return undefined;
    throw error;
  }
}

function may(shell: Shell, path: string, mode: number): boolean {
  try {
    shell.process.fs.access(path, mode);
    return true;
  } catch {
    return false;
  }
}

export function isBinaryTest(operator: string): boolean {
  return /^(=|==|!=|<|>|-(eq|ne|lt|le|gt|ge|nt|ot|ef))$/.test(operator);
}

export function binaryTest(shell: Shell, left: string, operator: string, right: string): boolean {
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '-nt':
    case '-ot':
    case '-ef':
      return ofFiles(shell, left, operator, right);
    default:
      return ofNumbers(operator, integer(shell, left), integer(shell, right));
  }
}

function ofNumbers(operator: string, left: number, right: number): boolean {
  switch (operator) {
    case '-eq':
      return left === right;
    case '-ne':
      return left !== right;
    case '-lt':
      return left < right;
    case '-le':
      return left <= right;
    case '-gt':
      return left > right;
    default:
      return left >= right;
  }
}

function ofFiles(shell: Shell, left: string, operator: string, right: string): boolean {
  const a = statOf(() => shell.process.fs.stat(left));
  const b = statOf(() => shell.process.fs.stat(right));
  if (operator === '-ef') return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
  if (operator === '-ot') return b !== undefined && (!a || a.mtime < b.mtime);
  return a !== undefined && (!b || a.mtime > b.mtime);
}

function integer(shell: Shell, text: string): number {
  if (/^\s*[-+]?\d+\s*$/.test(text)) return Number(text);
  if (shell.dialect === 'dash') throw new TestFault(`Illegal number: ${text}`);
  throw new TestFault(
    shell.dialect === 'gnu' ? `${text}: integer expected` : text === '' ? 'bad number' : `${text}: bad number`,
  );
}
