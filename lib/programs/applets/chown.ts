/** chown and chgrp. */
import type { Stat } from '../../fs';
import { findUser, groupId, groupName, userId, userName } from '../accounts';
import { type Options, parseOptions, UsageError } from '../options';
import { child } from '../path';
import type { Run } from '../run';

const longNames = {
  recursive: 'R',
  'no-dereference': 'h',
  verbose: 'v',
  changes: 'c',
  silent: 'f',
  quiet: 'f',
  from: 'from:',
  reference: 'reference:',
};

export async function chown(run: Run): Promise<number> {
  const { options, text, paths } = words(run);
  const owner = parseOwner(run, text);
  if (typeof owner === 'string') return run.fail(owner);
  return changeAll(run, paths, { ...owner, text, options });
}

export async function chgrp(run: Run): Promise<number> {
  const { options, text, paths } = words(run);
  const gid = groupId(run.fs, text);
  if (gid === undefined) return run.fail(run.gnu ? `invalid group: '${text}'` : `unknown group ${text}`);
  return changeAll(run, paths, { uid: -1, gid, text, options });
}

function words(run: Run): { options: Options; text: string; paths: string[] } {
  const options = parseOptions(run, 'RhLHPcvf', longNames);
  const [text, ...paths] = options.operands;
  if (text === undefined) throw new UsageError(run.gnu ? 'missing operand' : '');
  if (paths.length === 0) throw new UsageError(run.gnu ? `missing operand after '${text}'` : '');
  return { options, text, paths };
}

/** `user`, `user:group`, `user:` (its login group), `:group`; a dot does for the colon. -1: leave it. */
function parseOwner(run: Run, text: string): { uid: number; gid: number } | string {
  const [, user = '', separator, group = ''] = /^([^:]*)(:?)(.*)$/.exec(text) ?? [];
  const uid = user === '' ? -1 : userId(run.fs, user);
  const login = separator && group === '' && user !== '' ? findUser(run.fs, user)?.gid : -1;
  const gid = group === '' ? login : groupId(run.fs, group);
  if (uid !== undefined && gid !== undefined) return { uid, gid };
  if (run.gnu) return `invalid ${uid === undefined ? 'user' : 'group'}: '${text}'`;
  return separator ? `unknown user/group ${text}` : `unknown user ${text}`;
}

interface Job {
  readonly uid: number;
  readonly gid: number;
  readonly text: string;
  readonly options: Options;
}

async function changeAll(run: Run, paths: readonly string[], job: Job): Promise<number> {
  let exitCode = 0;
  for (const path of paths) exitCode = (await changeOne(run, path, job, true)) || exitCode;
  return exitCode;
}

async function changeOne(run: Run, path: string, job: Job, named: boolean): Promise<number> {
  await run.process.tick();
  const { options, uid, gid } = job;
  try {
    const stat = run.fs.lstat(path);
    if (options.has('h') || (!named && stat.kind === 'symlink')) run.fs.lchown(path, uid, gid);
    else run.fs.chown(path, uid, gid);
    if (options.has('v')) await run.print(`${changeWords(run, path, stat, job)}\n`);
    if (!options.has('R') || stat.kind !== 'directory') return 0;
    return await changeInside(
      run,
      run.fs.readdir(path).map(({ name }) => child(path, name)),
      job,
    );
  } catch (error) {
    if (options.has('f')) return 1;
    const what = run.name === 'chgrp' ? 'group' : 'ownership';
    return run.failed(
      run.gnu ? (run.fs.exists(path) ? `changing ${what} of '${path}'` : `cannot access '${path}'`) : path,
      error,
    );
  }
}

function changeWords(run: Run, path: string, before: Stat, { uid, gid, text }: Job): string {
  const [user, group] = [uid < 0 ? before.uid : uid, gid < 0 ? before.gid : gid];
  if (!run.gnu) return `changed ownership of '${path}' to ${user}:${group}`;
  const what = uid < 0 ? 'group' : 'ownership';
  const named = uid < 0 ? text.replace(/^:/, '') : text;
  if (user === before.uid && group === before.gid) return `${what} of '${path}' retained as ${named}`;
  const names = [
    ...(uid < 0 ? [] : [userName(run.fs, before.uid) ?? before.uid]),
    ...(gid < 0 ? [] : [groupName(run.fs, before.gid) ?? before.gid]),
  ];
  return `changed ${what} of '${path}' from ${names.join(':')} to ${named}`;
}

async function changeInside(run: Run, paths: readonly string[], job: Job): Promise<number> {
  let exitCode = 0;
  for (const path of paths) exitCode = (await changeOne(run, path, job, false)) || exitCode;
  return exitCode;
}
