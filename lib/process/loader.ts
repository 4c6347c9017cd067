/**
 * From a path to a program, as execve(2) does it: the file must be there, be a file and be executable; `#!` names an
 * interpreter that must exist too; anything else is for the injected `Loader` to recognise by its content.
 */
import { type Errno, type FileSystem, FsError } from '../fs';
import type { Program } from './process';

export type Loaded =
  | { readonly kind: 'program'; readonly program: Program }
  /** ENOEXEC: not a program at all (a shell may then read it as a script). */
  | { readonly kind: 'errno'; readonly errno: Errno };

/** Recognises an executable file. `argv[0]` is the name it is run under (busybox applets). */
export type Loader = (fs: FileSystem, path: string, argv: readonly string[], head: Uint8Array) => Loaded;

export interface Image {
  readonly program: Program;
  readonly argv: readonly string[];
}

const headLength = 256;
const deepestChain = 4;

export function load(fs: FileSystem, path: string, argv: readonly string[], identify: Loader, depth = 0): Image {
  const stat = fs.stat(path);
  if (stat.kind !== 'file') throw new FsError('EACCES', path);
  fs.access(path, 1);
  const head = headOf(fs, path);
  const line = interpreterLine(head);
  if (line) {
    if (depth >= deepestChain) throw new FsError('ELOOP', path);
    const [interpreter, ...argument] = line;
    return load(fs, interpreter, [interpreter, ...argument, path, ...argv.slice(1)], identify, depth + 1);
  }
  const found = identify(fs, path, argv, head);
  if (found.kind === 'errno') throw new FsError(found.errno, path);
  return { program: found.program, argv };
}

function headOf(fs: FileSystem, path: string): Uint8Array {
  // The kernel needs no permission to read in order to execute.
  const file = fs.as({ credentials: { uid: 0, gid: 0, groups: [] } }).open(path, { read: true });
  try {
    return file.read(headLength);
  } finally {
    file.close();
  }
}

/** `#!/bin/sh -e x` → `['/bin/sh', '-e x']`: Linux gives all that follows as one argument. */
export function interpreterLine(head: Uint8Array): readonly [string, ...string[]] | undefined {
  if (head[0] !== 0x23 || head[1] !== 0x21) return undefined;
  const end = head.indexOf(0x0a);
  const line = new TextDecoder().decode(head.subarray(2, end < 0 ? head.length : end)).replace(/^[ \t]+|[ \t]+$/g, '');
  const [, interpreter, argument] = /^([^ \t]+)[ \t]*(.*)$/.exec(line) ?? [];
  if (!interpreter) throw new FsError('ENOEXEC');
  return argument ? [interpreter, argument] : [interpreter];
}
