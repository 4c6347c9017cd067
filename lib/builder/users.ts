import { type Credentials, type FileSystem, FsError } from '../fs';
import { BuildFailure } from './build-failure';

export interface BuildUser extends Credentials {
  readonly home: string;
}

function rows(files: FileSystem, path: string): string[][] {
  try {
    const text = new TextDecoder().decode(files.readFile(path));
    return text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split(':'));
  } catch (error) {
    if (error instanceof FsError) return [];
    throw error;
  }
}

const number = (text: string) => (/^\d+$/.test(text) ? Number(text) : undefined);

/** USER for a RUN: names need an entry in /etc/passwd and /etc/group, numbers do not. */
export function runUser(files: FileSystem, text: string): BuildUser {
  const [userText = '', groupText = ''] = text.split(':');
  const name = userText || '0';
  const entry = rows(files, '/etc/passwd').find((row) => row[0] === name || row[2] === name);
  const uid = entry ? Number(entry[2]) : number(name);
  if (uid === undefined) throw new BuildFailure(`unable to find user ${name}: no matching entries in passwd file`);
  const groups = rows(files, '/etc/group');
  const gid = groupText ? groupOf(groups, groupText) : entry ? Number(entry[3]) : 0;
  if (gid === undefined) throw new BuildFailure(`unable to find group ${groupText}: no matching entries in group file`);
  const member = groupText || !entry ? [] : groups.filter((row) => (row[3] ?? '').split(',').includes(entry[0]!));
  return { uid, gid, groups: [...new Set([gid, ...member.map((row) => Number(row[2]))])], home: entry?.[5] || '/' };
}

function groupOf(groups: readonly string[][], text: string): number | undefined {
  const row = groups.find((one) => one[0] === text);
  return row ? Number(row[2]) : number(text);
}

/** `--chown`, and the owner of a folder that WORKDIR makes: names that nobody has count as root's. */
export function owner(files: FileSystem, text: string): { readonly uid: number; readonly gid: number } {
  const [userText = '', groupText] = text.split(':');
  const entry = rows(files, '/etc/passwd').find((row) => row[0] === userText);
  const uid = number(userText) ?? (entry ? Number(entry[2]) : 0);
  const ownGroup = entry ? Number(entry[3]) : uid;
  if (groupText === undefined || groupText === '') return { uid, gid: ownGroup };
  return { uid, gid: groupOf(rows(files, '/etc/group'), groupText) ?? ownGroup };
}
