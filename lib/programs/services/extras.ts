/** Programs that packages bring: cowsay, tree, sudo, tini, useradd and friends; and those that are there but not played. */

import { FsError } from '../../fs';
import { addRecord, changeRecords, findGroup, findUser } from '../accounts';
import { adduser, su } from '../applets/people';
import { parseOptions, UsageError } from '../options';
import { child } from '../path';
import { runApplet } from '../program';
import { type Applet, Run } from '../run';

export async function cowsay(run: Run): Promise<number> {
  const words = run.args.length > 0 ? run.args.join(' ') : (await run.readText('-')).trimEnd();
  const lines = words.match(/.{1,39}(?:\s+|$)|\S{39}/g)?.map((line) => line.trimEnd()) ?? [''];
  const width = Math.max(...lines.map((line) => line.length));
  const edge = (at: number) => (lines.length === 1 ? '<>' : at === 0 ? '/\\' : at === lines.length - 1 ? '\\/' : '||');
  const balloon = lines.map((line, at) => `${edge(at)[0]} ${line.padEnd(width)} ${edge(at)[1]}\n`).join('');
  await run.print(` ${'_'.repeat(width + 2)}\n${balloon} ${'-'.repeat(width + 2)}\n`);
  await run.print(
    '        \\   ^__^\n         \\  (oo)\\_______\n            (__)\\       )\\/\\\n                ||----w |\n                ||     ||\n',
  );
  return 0;
}

export async function tree(run: Run): Promise<number> {
  const options = parseOptions(run, 'adL:f', {});
  const deepest = Number(options.value('L') ?? Number.POSITIVE_INFINITY);
  const count = { directories: 0, files: 0 };
  const walk = async (path: string, indent: string, depth: number): Promise<void> => {
    if (depth >= deepest) return;
    await run.process.tick();
    const entries = run.fs
      .readdir(path)
      .filter(
        ({ name, kind }) => (options.has('a') || !name.startsWith('.')) && (!options.has('d') || kind === 'directory'),
      )
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const [at, { name, kind }] of entries.entries()) {
      const last = at === entries.length - 1;
      const inner = child(path, name);
      await run.print(
        `${indent}${last ? '`-- ' : '|-- '}${options.has('f') ? inner : name}${kind === 'symlink' ? ` -> ${run.fs.readlink(inner)}` : ''}\n`,
      );
      if (kind === 'directory') {
        count.directories++;
        await walk(inner, indent + (last ? '    ' : '|   '), depth + 1);
      } else count.files++;
    }
  };
  for (const path of options.operands.length > 0 ? options.operands : ['.']) {
    await run.print(`${path}\n`);
    try {
      await walk(path, '', 0);
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      await run.print(`${path}  [error opening dir]\n`);
    }
  }
  await run.print(
    `\n${count.directories} director${count.directories === 1 ? 'y' : 'ies'}, ${count.files} file${count.files === 1 ? '' : 's'}\n`,
  );
  return 0;
}

/** Root may do all; nobody else is in sudoers, unless in the group sudo or wheel. */
export async function sudo(run: Run): Promise<number> {
  const options = parseOptions(run, '+u:isHEnk', {});
  const own = findUser(run.fs, run.process.credentials.uid);
  const trusted =
    run.process.credentials.uid === 0 ||
    ['sudo', 'wheel'].some((name) => own && findGroup(run.fs, name)?.members.includes(own.name));
  if (!trusted)
    return run.complain(`${own?.name ?? run.process.credentials.uid} is not in the sudoers file.\n`).then(() => 1);
  if (options.operands.length === 0 && !options.has('i', 's')) throw new UsageError();
  const user = findUser(run.fs, options.value('u') ?? 'root');
  if (!user) return run.fail(`unknown user ${options.value('u')}`);
  run.process.credentials = { uid: user.uid, gid: user.gid, groups: [user.gid] };
  if (options.operands.length === 0)
    return runApplet(su, new Run(run.process, run.dialect, 'su', ['-', user.name], run.hosts));
  try {
    await run.flush();
    return await run.process.exec({
      path: run.resolveCommand(options.operands[0]!),
      argv: options.operands,
      env: { ...run.process.env, HOME: user.home, USER: user.name, LOGNAME: user.name },
    });
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    return run.fail(`${options.operands[0]}: command not found`);
  }
}

/** Starts the command, passes signals on, and ends as it ended. */
export async function tini(run: Run): Promise<number> {
  const argv = run.args.slice(run.args[0] === '--' ? 1 : 0).filter((word, at) => !(at === 0 && /^-[gsv]$/.test(word)));
  const words = argv[0] === '--' ? argv.slice(1) : argv;
  if (words.length === 0) return run.complain('[FATAL tini] No program to run\n').then(() => 1);
  try {
    const started = run.start(words);
    for (const signal of ['TERM', 'INT', 'QUIT', 'HUP', 'USR1', 'USR2'] as const)
      run.process.onSignal(signal, () => run.process.kill(started.pid, signal));
    return (await run.process.wait(started.pid)).exitCode;
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    return run
      .complain(`[FATAL tini (${run.process.pid})] exec ${words[0]} failed: ${run.say(error)}\n`)
      .then(() => 127);
  }
}

// shadow's own tools, on adduser's

export async function useradd(run: Run): Promise<number> {
  const options = parseOptions(run, 'mMrNUu:g:G:d:s:c:p:e:k:', {
    'create-home': 'm',
    system: 'r',
    uid: 'u',
    gid: 'g',
    groups: 'G',
    'home-dir': 'd',
    shell: 's',
    comment: 'c',
    'no-create-home': 'M',
    'user-group': 'U',
    'no-log-init': 'l',
  });
  const [name] = options.operands;
  if (name === undefined) throw new UsageError('', 2);
  if (run.process.credentials.uid !== 0) return denied(run, '/etc/passwd', 1);
  if (findUser(run.fs, name)) return run.fail(`user '${name}' already exists`, 9);
  const group = options.value('g');
  const words = [
    ...(options.has('r') ? ['-S', ...(group === undefined ? ['--group'] : [])] : []),
    ...(options.has('m') ? [] : ['-H']),
    '-D',
    ...(options.has('u') ? ['-u', options.value('u')!] : []),
    ...(group === undefined
      ? []
      : ['-G', /^\d+$/.test(group) ? (findGroup(run.fs, Number(group))?.name ?? group) : group]),
    ...(options.has('d') ? ['-h', options.value('d')!] : []),
    '-s',
    options.value('s') ?? '/bin/sh',
    '-g',
    options.value('c') ?? '',
    name,
  ];
  const exitCode = await adduser(new Run(run.process, run.dialect, run.name, words, run.hosts));
  for (const more of exitCode === 0 ? (options.value('G')?.split(',') ?? []) : []) {
    if (!findGroup(run.fs, more)) return run.fail(`group '${more}' does not exist`, 6);
    await changeRecords(run, '/etc/group', (fields) =>
      fields[0] === more ? [...fields.slice(0, 3), [fields[3], name].filter(Boolean).join(',')] : fields,
    );
  }
  return exitCode;
}

function denied(run: Run, path: string, exitCode: number): Promise<number> {
  return run.fail(`Permission denied.\n${run.name}: cannot lock ${path}; try again later.`, exitCode);
}

export async function groupadd(run: Run): Promise<number> {
  const options = parseOptions(run, 'frg:', { force: 'f', system: 'r', gid: 'g' });
  const [name] = options.operands;
  if (name === undefined) throw new UsageError('', 2);
  if (run.process.credentials.uid !== 0) return denied(run, '/etc/group', 10);
  if (findGroup(run.fs, name)) return options.has('f') ? 0 : run.fail(`group '${name}' already exists`, 9);
  let gid = Number(options.value('g') ?? (options.has('r') ? 999 : 1000));
  while (!options.has('g') && findGroup(run.fs, gid)) gid += options.has('r') ? -1 : 1;
  await addRecord(run, '/etc/group', [name, 'x', gid, '']);
  return 0;
}

export async function usermod(run: Run): Promise<number> {
  const options = parseOptions(run, 'aG:s:d:', { append: 'a', groups: 'G', shell: 's', home: 'd' });
  const [name] = options.operands;
  if (name === undefined) throw new UsageError('', 2);
  if (run.process.credentials.uid !== 0) return denied(run, '/etc/passwd', 1);
  if (!findUser(run.fs, name)) return run.fail(`user '${name}' does not exist`, 6);
  const teams = options.value('G')?.split(',');
  const unknown = teams?.find((team) => !findGroup(run.fs, team));
  if (unknown !== undefined) return run.fail(`group '${unknown}' does not exist`, 6);
  if (teams)
    await changeRecords(run, '/etc/group', (fields) => {
      const members = (fields[3] ?? '')
        .split(',')
        .filter(Boolean)
        .filter((member) => member !== name || options.has('a'));
      if (teams.includes(fields[0]!) && !members.includes(name)) members.push(name);
      return [...fields.slice(0, 3), members.join(',')];
    });
  await changeRecords(run, '/etc/passwd', (fields) =>
    fields[0] === name
      ? [...fields.slice(0, 5), options.value('d') ?? fields[5]!, options.value('s') ?? fields[6]!]
      : fields,
  );
  return 0;
}

export async function userdel(run: Run): Promise<number> {
  const [name] = parseOptions(run, 'rf', {}).operands;
  if (name === undefined) throw new UsageError('', 2);
  if (run.process.credentials.uid !== 0) return denied(run, '/etc/passwd', 1);
  if (!findUser(run.fs, name)) return run.fail(`user '${name}' does not exist`, 6);
  for (const path of ['/etc/passwd', '/etc/shadow', '/etc/group'])
    await changeRecords(run, path, (fields) => (fields[0] === name ? undefined : fields));
  return 0;
}

/** A program that a package brings and that Dockerland does not play. */
export function unplayed(name: string): Applet {
  return (run) =>
    run.fail(`Dockerland has no simulation of ${name}; the package is there, the program does not run`, 126);
}
