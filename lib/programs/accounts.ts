/** /etc/passwd and /etc/group: names for numbers and back. What is not there has no name, as in a real container. */
import { type FileSystem, FsError } from '../fs';
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

/** Adds a line to one of the account files. */
export function addRecord(fs: FileSystem, path: string, fields: readonly (string | number)[]): void {
  const before = fs.exists(path) ? decode(fs.readFile(path)) : '';
  const gap = before && !before.endsWith('\n') ? '\n' : '';
  fs.writeFile(path, encode(`${before}${gap}${fields.join(':')}\n`));
}

/** Rewrites a file record by record; `undefined` removes it. False when the file is not there. */
export function changeRecords(fs: FileSystem, path: string, change: (fields: string[]) => string[] | undefined): void {
  if (!fs.exists(path)) return;
  const lines = decode(fs.readFile(path)).split('\n');
  const changed = lines.flatMap((line) => {
    if (!line.includes(':')) return [line];
    const fields = change(line.split(':'));
    return fields ? [fields.join(':')] : [];
  });
  fs.writeFile(path, encode(changed.join('\n')));
}
