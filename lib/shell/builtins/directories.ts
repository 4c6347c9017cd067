/** cd, pwd. */
import { FsError, normalise } from '../../fs';
import { Fault } from '../flow';
import { errnoOf, type Shell } from '../shell';
import type { Builtins } from './builtin';
import { badOption } from './usage';

async function cd(shell: Shell, args: readonly string[]): Promise<number> {
  let physical = false;
  let at = 0;
  for (; args[at] === '-P' || args[at] === '-L' || args[at] === '--'; at++) physical = args[at] === '-P';
  if (shell.dialect === 'gnu' && args.length - at > 1) throw new Fault('too many arguments', 2);
  const given = args[at];
  const home = shell.variables.get('HOME');
  if (given === undefined && home === undefined && shell.dialect === 'gnu') throw new Fault('HOME not set', 1);
  const back = given === '-';
  const wanted = back ? shell.variables.get('OLDPWD') : (given ?? home ?? '');
  if (wanted === undefined)
    throw new Fault(
      shell.dialect === 'gnu' ? 'OLDPWD not set' : shell.wording.cannotCd('', 'ENOENT'),
      shell.dialect === 'gnu' ? 1 : 2,
    );
  if (wanted === '') return 0;
  const [path, found] = alongCdPath(shell, wanted);
  change(shell, path, wanted, physical);
  if (back || found) await shell.process.print(`${shell.process.cwd}\n`);
  return 0;
}

function alongCdPath(shell: Shell, wanted: string): readonly [path: string, announce: boolean] {
  const paths = shell.variables.get('CDPATH');
  if (!paths || /^\.{0,2}(\/|$)/.test(wanted)) return [wanted, false];
  for (const directory of paths.split(':')) {
    const path = directory ? `${directory}/${wanted}` : wanted;
    if (isDirectory(shell, path)) return [path, directory !== ''];
  }
  return [wanted, false];
}

function isDirectory(shell: Shell, path: string): boolean {
  return shell.process.fs.exists(path) && shell.process.fs.stat(path).kind === 'directory';
}

function change(shell: Shell, path: string, shown: string, physical: boolean): void {
  const { process } = shell;
  try {
    const absolute = path.startsWith('/') ? path : `${process.cwd}/${path}`;
    const target = physical ? process.fs.realpath(absolute) : normalise(absolute);
    if (process.fs.stat(target).kind !== 'directory') throw new FsError('ENOTDIR', path);
    process.fs.access(target, 1);
    const old = process.cwd;
    process.cwd = target;
    shell.assign('OLDPWD', old);
    shell.assign('PWD', target);
    if (shell.dialect === 'gnu') for (const name of ['OLDPWD', 'PWD']) shell.variables.mark(name, 'exported');
  } catch (error) {
    throw error instanceof Fault
      ? error
      : new Fault(shell.wording.cannotCd(shown, errnoOf(error)), shell.dialect === 'gnu' ? 1 : 2);
  }
}

async function pwd(shell: Shell, args: readonly string[]): Promise<number> {
  const unknown = args.find((arg) => /^-./.test(arg) && !/^-[LP]+$/.test(arg));
  if (unknown) throw badOption(shell, 'pwd', unknown);
  const { process } = shell;
  const path = args.includes('-P') ? process.fs.realpath(process.cwd) : process.cwd;
  await process.print(`${path}\n`);
  return 0;
}

async function dirs(shell: Shell): Promise<number> {
  const home = shell.variables.get('HOME');
  const short = (path: string) =>
    home && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path;
  await shell.process.print(`${[shell.process.cwd, ...shell.directories].map(short).join(' ')}\n`);
  return 0;
}

async function pushd(shell: Shell, [wanted]: readonly string[]): Promise<number> {
  const here = shell.process.cwd;
  const target = wanted ?? shell.directories.shift();
  if (target === undefined) throw new Fault('no other directory', 1, false);
  change(shell, target, target, false);
  shell.directories.unshift(here);
  return dirs(shell);
}

async function popd(shell: Shell): Promise<number> {
  const target = shell.directories[0];
  if (target === undefined) throw new Fault('directory stack empty', 1, false);
  change(shell, target, target, false);
  shell.directories.shift();
  return dirs(shell);
}

export const directories: Builtins = {
  cd: { run: cd },
  chdir: { run: cd },
  pwd: { run: pwd },
  dirs: { gnu: true, run: dirs },
  pushd: { gnu: true, run: pushd },
  popd: { gnu: true, run: popd },
};
