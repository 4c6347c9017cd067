import { hex } from '../clock';
import type { ContainerRecord } from '../container';
import { type FileSystem, FsError } from '../fs';
import type { AttachClient } from './attachments';
import { containerAttributes } from './create';
import type { Daemon, LiveExec } from './daemon';
import { findExecutable } from './executable';
import { findContainer } from './lookup';
import type { ExecTask, Task } from './runtime';
import { cannotExec, notRunning, pausedForExec } from './sentences';
import { processEnv } from './start';
import { resolveUser } from './users';

export interface ExecOptions {
  readonly argv: readonly string[];
  readonly env?: readonly string[];
  readonly user?: string;
  readonly workdir?: string;
  readonly tty?: boolean;
  readonly stdin?: boolean;
  readonly size?: { readonly columns: number; readonly rows: number };
  /** Absent when detached. */
  readonly client?: AttachClient;
}

export interface RunningExec {
  readonly id: string;
  readonly exited: Promise<number>;
  write(bytes: Uint8Array): Promise<void>;
  closeStdin(): void;
  resize(columns: number, rows: number): void;
  /** Ends it with everything that it started. */
  kill(): void;
}

/** `docker exec`: one more process in a running container. */
export async function exec(daemon: Daemon, reference: string, options: ExecOptions): Promise<RunningExec> {
  const record = findContainer(daemon, reference);
  if (record.state.state === 'paused') throw pausedForExec(reference);
  if (record.state.state !== 'running' || !daemon.live.has(record.id)) throw notRunning(record.id);
  const one: LiveExec = {
    id: hex(daemon.options.chance, 32),
    container: record.id,
    argv: options.argv,
    tty: options.tty ?? false,
    running: false,
  };
  daemon.execs.set(one.id, one);
  announce(daemon, record, one, 'exec_create');
  const plan = planExec(daemon, record, options);
  announce(daemon, record, one, 'exec_start');
  const task = await startExec(daemon, record, plan);
  one.task = task;
  one.running = true;
  const exited = task.ended.then((end) => {
    one.running = false;
    one.exitCode = end.exitCode;
    daemon.execs.delete(one.id);
    options.client?.ended?.();
    announce(daemon, record, one, 'exec_die', { exitCode: String(end.exitCode) });
    return end.exitCode;
  });
  return {
    id: one.id,
    exited,
    write: (bytes) => task.stdin.write(bytes),
    closeStdin: () => task.stdin.close(),
    resize: (columns, rows) => task.resize(columns, rows),
    kill: () => task.kill('KILL', 'group'),
  };
}

async function startExec(daemon: Daemon, record: ContainerRecord, plan: ExecTask): Promise<Task> {
  try {
    return await daemon.options.runtime.exec(record.id, plan);
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    if (error.errno === 'EACCES') throw cannotExec(`exec: ${JSON.stringify(plan.argv[0])}: permission denied`, 126);
    if (error.errno === 'ENOEXEC') throw cannotExec(`exec ${plan.argv[0]}: exec format error`, 255);
    throw cannotExec(`exec ${plan.argv[0]}: no such file or directory`, 255);
  }
}

function planExec(daemon: Daemon, record: ContainerRecord, options: ExecOptions): ExecTask {
  const fs = daemon.live.get(record.id)!.fs;
  const user = resolveUser(fs, options.user || record.config.User);
  const tty = options.tty ?? false;
  const pairs = [...(record.config.Env ?? []), ...(options.env ?? [])];
  const env = processEnv(pairs, { ...record, config: { ...record.config, Tty: tty } }, user.home);
  const cwd = options.workdir || record.config.WorkingDir || '/';
  const { uid, gid, groups } = user;
  const credentials = { uid, gid, groups };
  requireFolder(fs, cwd);
  const path = findExecutable(fs.as({ credentials, cwd }), options.argv[0] ?? '', env, cannotExec);
  const output: ExecTask['output'] = (stream, bytes) => options.client?.output?.(stream, bytes);
  return {
    path,
    argv: options.argv,
    env,
    cwd,
    credentials,
    tty,
    stdin: options.stdin ?? false,
    size: options.size,
    output,
  };
}

function requireFolder(fs: FileSystem, cwd: string): void {
  try {
    if (fs.stat(cwd).kind !== 'directory') throw new FsError('ENOTDIR', cwd);
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    const text =
      error.errno === 'ENOTDIR'
        ? 'not a directory'
        : error.errno === 'EACCES'
          ? 'permission denied'
          : 'no such file or directory';
    throw cannotExec(
      `chdir to cwd (${JSON.stringify(cwd)}) set in config.json failed: ${text}`,
      error.errno === 'ENOENT' ? 127 : 126,
    );
  }
}

function announce(
  daemon: Daemon,
  record: ContainerRecord,
  one: LiveExec,
  action: string,
  more: Record<string, string> = {},
): void {
  const line = action === 'exec_die' ? action : `${action}: ${one.argv.join(' ')}`;
  daemon.announcements.tell('container', line, record.id, { ...containerAttributes(record), execID: one.id, ...more });
}
