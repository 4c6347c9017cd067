import type { Credentials, FileSystem } from '../fs';
import { noGroup, noUser } from './sentences';

export interface ResolvedUser extends Credentials {
  readonly home: string;
}

/**
 * `--user` against the container's /etc/passwd and /etc/group: `name`, `uid`, `name:group`, `uid:gid`. A number needs no
 * entry; a name does. Supplementary groups come from /etc/group only when no group was given. (moby/sys user, GetExecUser)
 */
export function resolveUser(fs: FileSystem, text: string, groupAdd: readonly string[] = []): ResolvedUser {
  const [userText = '', groupText] = text.split(':');
  const passwd = rows(fs, '/etc/passwd');
  const groups = rows(fs, '/etc/group');
  const number = /^\d+$/.test(userText) ? Number(userText) : undefined;
  const entry = userText
    ? passwd.find((row) => row[0] === userText || (number !== undefined && Number(row[2]) === number))
    : passwd.find((row) => row[2] === '0');
  if (!entry && userText && number === undefined) throw noUser(userText);
  const uid = entry ? Number(entry[2]) : (number ?? 0);
  const gid = groupText ? groupId(groups, groupText) : entry ? Number(entry[3]) : 0;
  const member =
    groupText || !entry
      ? []
      : groups.filter((row) => (row[3] ?? '').split(',').includes(entry[0]!)).map((row) => Number(row[2]));
  const added = groupAdd.map((name) => groupId(groups, name));
  return { uid, gid, groups: [...new Set([gid, ...member, ...added])], home: entry?.[5] || '/' };
}

function groupId(groups: readonly string[][], text: string): number {
  const row = groups.find((one) => one[0] === text);
  if (row) return Number(row[2]);
  if (/^\d+$/.test(text)) return Number(text);
  throw noGroup(text);
}

function rows(fs: FileSystem, path: string): string[][] {
  try {
    const text = new TextDecoder().decode(fs.readFile(path));
    return text
      .split('\n')
      .filter((line) => line && !line.startsWith('#'))
      .map((line) => line.split(':'));
  } catch {
    return [];
  }
}
