/**
 * Text tools of just-bash (jq, join, column): one argv at a time, on a façade of the process's file system. It is
 * loaded when one is first used.
 */
import { FsError, resolve, type Stat } from '../fs';
import { appendFile, type Process, writeFile } from '../process';
import type { Run } from './run';
import { decode, encode, fromLatin1, latin1 } from './text';

type Library = typeof import('just-bash');
type Files = import('just-bash').IFileSystem;

let library: Promise<Library> | undefined;

/** One instance a tool run: it is cheap, and it keeps nothing. */
async function tool(process: Process): Promise<InstanceType<Library['Bash']>> {
  library ??= import('just-bash');
  const { Bash } = await library;
  return new Bash({
    fs: new Facade(process) as unknown as Files,
    cwd: process.cwd,
    env: process.env,
    defenseInDepth: false,
    executionLimitProfile: 'hardened',
    sleep: (ms) => process.sleep(ms),
  } as ConstructorParameters<Library['Bash']>[0]);
}

export interface ToolResult {
  readonly stdout: Uint8Array;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Runs `name` with all of standard input (read only when `reads`). */
export async function runTool(run: Run, name: string, args: readonly string[], stdin: Uint8Array): Promise<ToolResult> {
  const bash = await tool(run.process);
  const result = await bash.exec(name, {
    args: [...args],
    stdin: latin1(stdin),
    stdinKind: 'bytes',
    cwd: run.process.cwd,
    env: { ...run.process.env },
    replaceEnv: true,
    rawScript: true,
  });
  await run.process.tick();
  return { stdout: bytesOf(result.stdout), stderr: result.stderr, exitCode: result.exitCode };
}

/** The library hands out text, or bytes as characters below 256 where they are no UTF-8. */
function bytesOf(text: string): Uint8Array {
  return encode(text);
}

function errorFor(error: unknown, path: string): Error {
  return error instanceof FsError
    ? new Error(`${error.errno}: ${error.message.replace(/^\w+: /, '')}, '${path}'`)
    : (error as Error);
}

/** just-bash's view of a process's files. It has no methods named `…Sync`: the library would write its own stubs with them. */
class Facade {
  constructor(readonly process: Process) {}

  async #do<T>(path: string, action: (path: string) => T | Promise<T>): Promise<T> {
    try {
      return await action(path);
    } catch (error) {
      throw errorFor(error, path);
    }
  }

  readFile(path: string, options?: unknown) {
    const encoding = typeof options === 'string' ? options : (options as { encoding?: string } | undefined)?.encoding;
    return this.#do(path, (at) =>
      encoding === 'binary' || encoding === 'latin1'
        ? latin1(this.process.fs.readFile(at))
        : decode(this.process.fs.readFile(at)),
    );
  }

  readFileBytes(path: string) {
    return this.#do(path, (at) => latin1(this.process.fs.readFile(at)));
  }

  readFileBuffer(path: string) {
    return this.#do(path, (at) => this.process.fs.readFile(at));
  }

  writeFile(path: string, content: string | Uint8Array, options?: unknown) {
    const encoding = typeof options === 'string' ? options : (options as { encoding?: string } | undefined)?.encoding;
    const bytes =
      typeof content !== 'string'
        ? content
        : encoding === 'binary' || encoding === 'latin1'
          ? fromLatin1(content)
          : encode(content);
    return this.#do(path, (at) => writeFile(this.process, at, bytes));
  }

  appendFile(path: string, content: string | Uint8Array) {
    return this.#do(path, (at) =>
      appendFile(this.process, at, typeof content === 'string' ? encode(content) : content),
    );
  }

  exists(path: string) {
    return Promise.resolve(this.process.fs.exists(path));
  }

  stat(path: string) {
    return this.#do(path, (at) => statOf(this.process.fs.stat(at)));
  }

  lstat(path: string) {
    return this.#do(path, (at) => statOf(this.process.fs.lstat(at)));
  }

  mkdir(path: string) {
    return this.#do(path, (at) => this.process.fs.mkdir(at));
  }

  readdir(path: string) {
    return this.#do(path, (at) => this.process.fs.readdir(at).map(({ name }) => name));
  }

  readdirWithFileTypes(path: string) {
    return this.#do(path, (at) =>
      this.process.fs.readdir(at).map(({ name, kind }) => ({
        name,
        isFile: kind === 'file',
        isDirectory: kind === 'directory',
        isSymbolicLink: kind === 'symlink',
      })),
    );
  }

  rm(path: string) {
    return this.#do(path, (at) => this.process.fs.unlink(at));
  }

  cp(source: string, target: string) {
    return this.#do(source, (at) => writeFile(this.process, target, this.process.fs.readFile(at)));
  }

  mv(source: string, target: string) {
    return this.#do(source, (at) => this.process.fs.rename(at, target));
  }

  resolvePath(base: string, path: string) {
    return resolve(base, path);
  }

  getAllPaths(): string[] {
    return [];
  }

  chmod(path: string, mode: number) {
    return this.#do(path, (at) => this.process.fs.chmod(at, mode));
  }

  symlink(target: string, path: string) {
    return this.#do(path, (at) => this.process.fs.symlink(target, at));
  }

  link(existing: string, path: string) {
    return this.#do(path, (at) => this.process.fs.link(existing, at));
  }

  readlink(path: string) {
    return this.#do(path, (at) => this.process.fs.readlink(at));
  }

  realpath(path: string) {
    return this.#do(path, (at) => this.process.fs.realpath(at));
  }

  utimes(path: string, atime: Date, mtime: Date) {
    return this.#do(path, (at) =>
      this.process.fs.utimes(at, BigInt(atime.getTime()) * 1_000_000n, BigInt(mtime.getTime()) * 1_000_000n),
    );
  }
}

function statOf({ kind, mode, size, mtime, dev, ino }: Stat) {
  return {
    isFile: kind === 'file',
    isDirectory: kind === 'directory',
    isSymbolicLink: kind === 'symlink',
    mode,
    size,
    mtime: new Date(Number(mtime / 1_000_000n)),
    dev,
    ino,
  };
}
