import { basename, type Kind, type Stat } from '../../fs';
import { groupName, userName } from '../accounts';
import { formatTime } from '../calendar';
import { kindBits, modeText } from '../mode';
import { parseOptions, UsageError } from '../options';
import type { Run } from '../run';
import { blocks } from './ls';

export async function stat(run: Run): Promise<number> {
  const options = parseOptions(run, 'ltfLc:', {
    format: 'c',
    dereference: 'L',
    terse: 't',
    'file-system': 'f',
    printf: 'printf:',
  });
  if (options.operands.length === 0) throw new UsageError(run.gnu ? 'missing operand' : '');
  const format = options.value('c');
  const raw = options.value('printf');
  let exitCode = 0;
  for (const path of options.operands) {
    try {
      if (options.has('f')) {
        await run.print(fileSystem(run, path, format));
        continue;
      }
      const found = options.has('L') ? run.fs.stat(path) : run.fs.lstat(path);
      const text = raw ?? format ?? (options.has('t') ? terse : undefined);
      await run.print(
        text === undefined
          ? full(run, path, found)
          : fill(run, raw === undefined ? `${text}\n` : plainText(text), path, found),
      );
    } catch (error) {
      exitCode = await run.failed(run.gnu ? `cannot statx '${path}'` : `can't stat '${path}'`, error);
    }
  }
  return exitCode;
}

const terse = '%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %o';

const plainText = (text: string) => text.replaceAll('\\n', '\n').replaceAll('\\t', '\t');

const kindNames: Readonly<Record<Kind, string>> = {
  file: 'regular file',
  directory: 'directory',
  symlink: 'symbolic link',
  char: 'character special file',
  block: 'block special file',
  fifo: 'fifo',
  socket: 'socket',
};

function kindName({ kind, size }: Stat): string {
  return kind === 'file' && size === 0 ? 'regular empty file' : kindNames[kind];
}

function kindNameFor(run: Run, found: Stat): string {
  return run.gnu ? kindName(found).replace('regular empty file', 'regular empty file') : kindName(found);
}

const stamp = (run: Run, time: bigint) => formatTime(run.gnu ? '%F %T.%N %z' : '%F %T.%N %z', time);

function full(run: Run, path: string, found: Stat): string {
  const who = (id: number, name: string | undefined) =>
    `(${String(id).padStart(5)}/${(name ?? 'UNKNOWN').padStart(8)})`;
  const target = found.kind === 'symlink' ? run.fs.readlink(path) : undefined;
  const name = target === undefined ? path : run.gnu ? `${path} -> ${target}` : `'${path}' -> '${target}'`;
  const device = run.gnu ? `${found.dev >> 8},${found.dev & 0xff}` : `${found.dev.toString(16)}h/${found.dev}d`;
  const type = found.kind === 'char' || found.kind === 'block';
  const links = type
    ? `${String(found.nlink).padEnd(5)} Device type: ${(found.rdev >> 8).toString(run.gnu ? 10 : 16)},${(found.rdev & 0xff).toString(run.gnu ? 10 : 16)}`
    : String(found.nlink);
  const mode = `(${found.mode.toString(8).padStart(4, '0')}/${modeText(found.kind, found.mode)})`;
  return (
    `  File: ${name}\n` +
    `  Size: ${String(found.size).padEnd(10)}\tBlocks: ${String(blocks(found)).padEnd(10)} IO Block: ${String(4096).padEnd(6)} ${kindNameFor(run, found)}\n` +
    `Device: ${device}\tInode: ${String(found.ino).padEnd(10)}  Links: ${links}\n` +
    `Access: ${mode}  Uid: ${who(found.uid, userName(run.fs, found.uid))}   Gid: ${who(found.gid, groupName(run.fs, found.gid))}\n` +
    `Access: ${stamp(run, found.atime)}\nModify: ${stamp(run, found.mtime)}\nChange: ${stamp(run, found.ctime)}\n${run.gnu ? ` Birth: ${stamp(run, found.ctime)}\n` : ''}`
  );
}

function fill(run: Run, format: string, path: string, found: Stat): string {
  const seconds = (time: bigint) => String(time / 1_000_000_000n);
  return format.replace(/%([-0#]*\d*)([a-zA-Z%])/g, (all, flags: string, letter: string) => {
    const text = value(letter);
    if (text === undefined) return run.gnu ? '?' : all;
    const width = Number(flags.replace(/\D/g, '')) || 0;
    return flags.startsWith('-') ? text.padEnd(width) : text.padStart(width, /^0\d/.test(flags) ? '0' : ' ');
  });

  function value(letter: string): string | undefined {
    switch (letter) {
      case 'a':
        return found.mode.toString(8);
      case 'A':
        return modeText(found.kind, found.mode);
      case 'b':
        return String(blocks(found));
      case 'B':
        return '512';
      case 'd':
        return String(found.dev);
      case 'D':
        return found.dev.toString(16);
      case 'f':
        return (kindBits[found.kind] | found.mode).toString(16);
      case 'F':
        return kindNameFor(run, found);
      case 'g':
        return String(found.gid);
      case 'G':
        return groupName(run.fs, found.gid) ?? 'UNKNOWN';
      case 'h':
        return String(found.nlink);
      case 'i':
        return String(found.ino);
      case 'm':
        return '/';
      case 'n':
        return path;
      case 'N':
        return found.kind === 'symlink' ? `'${path}' -> '${run.fs.readlink(path)}'` : run.gnu ? `'${path}'` : path;
      case 'o':
        return '4096';
      case 's':
        return String(found.size);
      case 't':
        return (found.rdev >> 8).toString(16);
      case 'T':
        return (found.rdev & 0xff).toString(16);
      case 'u':
        return String(found.uid);
      case 'U':
        return userName(run.fs, found.uid) ?? 'UNKNOWN';
      case 'x':
        return stamp(run, found.atime);
      case 'X':
        return seconds(found.atime);
      case 'y':
        return stamp(run, found.mtime);
      case 'Y':
        return seconds(found.mtime);
      case 'z':
        return stamp(run, found.ctime);
      case 'Z':
        return seconds(found.ctime);
      case '%':
        return '%';
      default:
        return undefined;
    }
  }
}

function fileSystem(run: Run, path: string, format: string | undefined): string {
  const { total, used, inodes, inodesUsed } = run.fs.usage(path);
  const free = Math.floor((total - used) / 4096);
  if (format !== undefined)
    return `${format
      .replaceAll('%n', basename(path))
      .replaceAll('%s', '4096')
      .replaceAll('%b', String(Math.floor(total / 4096)))
      .replaceAll('%a', String(free))
      .replaceAll('%f', String(free))}\n`;
  return (
    `  File: "${path}"\n    ID: 0        Namelen: 255     Type: overlayfs\nBlock size: 4096      \n` +
    `Blocks: Total: ${String(Math.floor(total / 4096)).padEnd(10)} Free: ${String(free).padEnd(10)} Available: ${free}\n` +
    `Inodes: Total: ${String(inodes).padEnd(10)} Free: ${inodes - inodesUsed}\n`
  );
}
