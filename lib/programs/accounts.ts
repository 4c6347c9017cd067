/** /etc/passwd and /etc/group: names for numbers and back. What is not there has no name, as in a real container. */
import { type FileSystem, FsError } from '../fs';
import { Complaint } from './options';
import type { Run } from './run';
import { decode, encode } from './text';

export interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly gecos: string;
  readonly home: string;
  readonly shell: string;
}

export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

function records(fs: FileSystem, path: string): string[][] {
  try {
    const lines = decode(fs.readFile(path)).split('\n');
    return lines.filter((line) => line.includes(':')).map((line) => line.split(':'));
  } catch (error) {
    if (error instanceof FsError) return [];
    throw error;
  }
}

export function users(fs: FileSystem): User[] {
  return records(fs, '/etc/passwd').map(([name = '', , uid, gid, gecos = '', home = '/', shell = '/bin/sh']) => ({
    name,
    uid: Number(uid),
    gid: Number(gid),
    gecos,
    home,
    shell,
  }));
}

export function groups(fs: FileSystem): Group[] {
  return records(fs, '/etc/group').map(([name = '', , gid, members = '']) => ({
    name,
    gid: Number(gid),
    members: members.split(',').filter(Boolean),
  }));
}

export function findUser(fs: FileSystem, nameOrId: string | number): User | undefined {
  return users(fs).find((user) => (typeof nameOrId === 'number' ? user.uid === nameOrId : user.name === nameOrId));
}

export function findGroup(fs: FileSystem, nameOrId: string | number): Group | undefined {
  return groups(fs).find((group) => (typeof nameOrId === 'number' ? group.gid === nameOrId : group.name === nameOrId));
}

export const userName = (fs: FileSystem, uid: number): string | undefined => findUser(fs, uid)?.name;
export const groupName = (fs: FileSystem, gid: number): string | undefined => findGroup(fs, gid)?.name;

/** A name or a number → a number. */
export function userId(fs: FileSystem, text: string): number | undefined {
  return findUser(fs, text)?.uid ?? (/^\d+$/.test(text) ? Number(text) : undefined);
}

export function groupId(fs: FileSystem, text: string): number | undefined {
  return findGroup(fs, text)?.gid ?? (/^\d+$/.test(text) ? Number(text) : undefined);
}

/** The groups a user is in, the primary one first. */
export function groupsOf(fs: FileSystem, user: User): number[] {
  const others = groups(fs).filter((group) => group.members.includes(user.name) && group.gid !== user.gid);
  return [user.gid, ...others.map((group) => group.gid)];
}

/** Adds a line to one of the account files. Throws a Complaint when it cannot be written. */
export async function addRecord(run: Run, path: string, fields: readonly (string | number)[]): Promise<void> {
  const before = run.fs.exists(path) ? decode(run.fs.readFile(path)) : '';
  const gap = before && !before.endsWith('\n') ? '\n' : '';
  await replace(run, path, `${before}${gap}${fields.join(':')}\n`);
}

/** Rewrites a file record by record; `undefined` removes it. Throws a Complaint when it cannot be written. */
export async function changeRecords(
  run: Run,
  path: string,
  change: (fields: string[]) => string[] | undefined,
): Promise<void> {
  if (!run.fs.exists(path)) return;
  const lines = decode(run.fs.readFile(path)).split('\n');
  const changed = lines.flatMap((line) => {
    if (!line.includes(':')) return [line];
    const fields = change(line.split(':'));
    return fields ? [fields.join(':')] : [];
  });
  await replace(run, path, changed.join('\n'));
}

/** Beside the file first and then in its place, as the real tools do it: a full disk takes nobody's account away. */
async function replace(run: Run, path: string, text: string): Promise<void> {
  const { mode, uid, gid } = run.fs.exists(path) ? run.fs.stat(path) : { mode: 0o644, uid: 0, gid: 0 };
  const beside = `${path}+`;
  try {
    await run.writeFile(beside, encode(text), 0o600);
    run.fs.chown(beside, uid, gid);
    run.fs.chmod(beside, mode & 0o7777);
    run.fs.rename(beside, path);
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    forget(run, beside);
    throw new Complaint(run.gnu ? unlocked(run, path, error) : refusal(run, path, error), lockFailed(run));
  }
}

function forget(run: Run, path: string): void {
  try {
    run.fs.unlink(path);
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
  }
}

function refusal(run: Run, path: string, error: FsError): string {
  if (run.name === 'passwd') return `can't update password file ${path}`;
  return error.errno === 'EROFS' || error.errno === 'EACCES'
    ? `can't open '${path}': ${run.say(error)}`
    : `write error: ${run.say(error)}`;
}

/** shadow writes its number into a file beside first, and then does not say what a folder refused. */
function unlocked(run: Run, path: string, error: FsError): string {
  const lock = path === '/etc/shadow' ? '/etc/passwd' : path;
  const full = error.errno === 'ENOSPC' || error.errno === 'EDQUOT';
  const first = full ? `${lock}.${run.process.pid} file write error: ${run.say(error)}\n${run.name}: ` : '';
  return `${first}cannot lock ${lock}; try again later.`;
}

/** shadow's groupadd and passwd have exit codes of their own for it. */
const lockFailed = (run: Run) => (!run.gnu ? 1 : run.name.startsWith('group') ? 10 : run.name === 'passwd' ? 5 : 1);
