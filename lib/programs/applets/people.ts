/** id, whoami, groups, logname, su, adduser, deluser, addgroup, delgroup, passwd: who is who. */
import type { Credentials } from '../../fs';
import {
  addRecord,
  groups as allGroups,
  changeRecords,
  findGroup,
  findUser,
  groupName,
  groupsOf,
  type User,
  userName,
  users,
} from '../accounts';
import { Complaint, parseOptions, UsageError } from '../options';
import type { Run } from '../run';
import { decode } from '../text';

export async function id(run: Run): Promise<number> {
  const options = parseOptions(run, 'ugGnrzZ', { user: 'u', group: 'g', groups: 'G', name: 'n', real: 'r' });
  const name = options.operands[0];
  const user =
    name === undefined
      ? undefined
      : (findUser(run.fs, name) ?? (/^\d+$/.test(name) ? findUser(run.fs, Number(name)) : undefined));
  if (name !== undefined && !user) return run.fail(run.gnu ? `'${name}': no such user` : `unknown user ${name}`);
  const { uid, gid } = user ?? run.process.credentials;
  const all = [...new Set([gid, ...(user ? groupsOf(run.fs, user) : run.process.credentials.groups)])];
  const named = options.has('n');
  const show = (text: string | undefined, number: number) => (named && text !== undefined ? text : String(number));
  if (options.has('u')) return printed(run, show(userName(run.fs, uid), uid));
  if (options.has('g')) return printed(run, show(groupName(run.fs, gid), gid));
  if (options.has('G')) return printed(run, all.map((each) => show(groupName(run.fs, each), each)).join(' '));
  if (named)
    throw new Complaint(
      run.gnu ? 'cannot print only names or real IDs in default format' : 'the -n and -r options require -u, -g or -G',
    );
  const both = (number: number, text: string | undefined) => `${number}${text === undefined ? '' : `(${text})`}`;
  return printed(
    run,
    `uid=${both(uid, userName(run.fs, uid))} gid=${both(gid, groupName(run.fs, gid))} groups=${all.map((each) => both(each, groupName(run.fs, each))).join(',')}`,
  );
}

async function printed(run: Run, text: string): Promise<number> {
  await run.print(`${text}\n`);
  return 0;
}

export async function whoami(run: Run): Promise<number> {
  const { operands } = parseOptions(run, '');
  if (operands.length > 0) throw new UsageError(run.gnu ? `extra operand '${operands[0]}'` : '');
  const { uid } = run.process.credentials;
  const name = userName(run.fs, uid);
  if (name !== undefined) return printed(run, name);
  return run.fail(run.gnu ? `cannot find name for user ID ${uid}` : `unknown uid ${uid}`);
}

export async function groups(run: Run): Promise<number> {
  const [name] = parseOptions(run, '').operands;
  const user = name === undefined ? undefined : findUser(run.fs, name);
  if (name !== undefined && !user) return run.fail(run.gnu ? `'${name}': no such user` : `unknown user ${name}`);
  const ids = user
    ? groupsOf(run.fs, user)
    : [...new Set([run.process.credentials.gid, ...run.process.credentials.groups])];
  const text = ids.map((gid) => groupName(run.fs, gid) ?? String(gid)).join(' ');
  return printed(run, run.gnu && name !== undefined ? `${name} : ${text}` : text);
}

export async function logname(run: Run): Promise<number> {
  parseOptions(run, '');
  return run.fail(run.gnu ? 'no login name' : 'getlogin: No such device or address');
}

// Becoming somebody else

export function credentialsOf(run: Run, user: User): Credentials {
  return { uid: user.uid, gid: user.gid, groups: groupsOf(run.fs, user) };
}

export async function su(run: Run): Promise<number> {
  const words = run.args[0] === '-' ? ['-l', ...run.args.slice(1)] : [...run.args];
  const options = parseOptions(
    run,
    'lmpc:s:',
    { login: 'l', command: 'c', shell: 's', 'preserve-environment': 'p' },
    words,
  );
  const operands = options.operands.filter((word) => word !== '-');
  const login = options.has('l') || operands.length < options.operands.length;
  const [name = 'root', ...rest] = operands;
  const user = findUser(run.fs, name);
  if (!user)
    return run.fail(
      run.gnu
        ? `user ${name} does not exist or the user entry does not contain all the required fields`
        : `unknown user ${name}`,
    );
  if (run.process.credentials.uid !== 0) {
    // Nobody's password is known here, whatever is typed.
    if (run.process.stdin.terminal) await secret(run, 'Password: ');
    else if (run.gnu) await run.complain('Password: ');
    return run.fail(run.gnu ? 'Authentication failure' : 'incorrect password');
  }
  const shell = options.value('s') ?? (user.shell || '/bin/sh');
  const command = options.value('c');
  const base = shell.split('/').pop()!;
  const argv = [login ? `-${base}` : base, ...(command === undefined ? [] : ['-c', command]), ...rest];
  run.process.credentials = credentialsOf(run, user);
  if (login) await enterHome(run, user.home);
  try {
    return await run.process.exec({
      path: shell,
      argv,
      env: environmentFor(run, user, shell, login, options.has('m', 'p')),
    });
  } catch (error) {
    return run.fail(
      run.gnu ? `failed to execute ${shell}: ${run.say(error)}` : `can't execute '${shell}': ${run.say(error)}`,
      1,
    );
  }
}

async function enterHome(run: Run, home: string): Promise<void> {
  if (run.fs.exists(home)) run.process.cwd = home;
  else if (run.gnu) await run.fail(`warning: cannot change directory to ${home}: No such file or directory`);
  else run.process.cwd = '/';
}

function environmentFor(run: Run, user: User, shell: string, login: boolean, keep: boolean): Record<string, string> {
  if (keep) return run.process.env;
  const own = { USER: user.name, LOGNAME: user.name, HOME: user.home, SHELL: shell };
  if (!login) return { ...run.process.env, ...(user.uid === 0 && run.gnu ? { HOME: user.home, SHELL: shell } : own) };
  const path = run.gnu
    ? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
    : '/sbin:/usr/sbin:/bin:/usr/bin';
  const term = run.process.env.TERM;
  return { ...(term !== undefined && { TERM: term }), ...own, PATH: path };
}

// Accounts

export async function adduser(run: Run): Promise<number> {
  const options = parseOptions(run, 'h:g:s:G:DSHu:k:', {
    home: 'h',
    gecos: 'g',
    shell: 's',
    ingroup: 'G',
    'disabled-password': 'D',
    system: 'S',
    'no-create-home': 'H',
    uid: 'u',
    group: 'group',
    'disabled-login': 'D',
    comment: 'g',
    gid: 'gid:',
    'allow-bad-names': 'bad',
    quiet: 'quiet',
    'force-badname': 'bad',
  });
  const [name, into] = options.operands;
  if (name === undefined) throw new UsageError(run.gnu ? 'Only one or two names allowed.' : '');
  if (run.process.credentials.uid !== 0)
    return run.fail(run.gnu ? 'Only root may add a user or group to the system.' : 'permission denied (are you root?)');
  if (into !== undefined) return joinGroup(run, name, into);
  if (!/^[a-zA-Z0-9_.][a-zA-Z0-9_.-]*\$?$/.test(name)) return run.fail(`invalid user name '${name}'`);
  if (findUser(run.fs, name))
    return run.fail(run.gnu ? `The user \`${name}' already exists.` : `user '${name}' in use`);
  const system = options.has('S');
  const wanted = options.value('u');
  const uid = wanted === undefined ? freeId(run, system) : Number(wanted);
  const team = options.value('G');
  const group = team === undefined ? undefined : findGroup(run.fs, team);
  if (team !== undefined && !group) return run.fail(`unknown group ${team}`);
  const gid = group?.gid ?? (system && !options.has('group') ? nobodyGroup(run) : await addOwnGroup(run, name, uid));
  const home = options.value('h') ?? (run.gnu && system ? '/nonexistent' : `/home/${name}`);
  const shell =
    options.value('s') ??
    (system ? (run.gnu ? '/usr/sbin/nologin' : '/sbin/nologin') : run.gnu ? '/bin/bash' : '/bin/sh');
  await addRecord(run, '/etc/passwd', [
    name,
    'x',
    uid,
    gid,
    options.value('g') ?? (run.gnu && !system ? '' : 'Linux User,,,'),
    home,
    shell,
  ]);
  await addRecord(run, '/etc/shadow', [name, '!', Math.floor(run.now() / 86_400_000), 0, 99999, 7, '', '', '']);
  if (group && !system)
    await changeRecords(run, '/etc/group', (fields) => (fields[0] === group.name ? withMember(fields, name) : fields));
  if (!options.has('H') && !(run.gnu && system)) makeHome(run, home, uid, gid);
  if (!options.has('D') && !system && run.process.stdin.terminal) await askPassword(run, name);
  return 0;
}

function freeId(run: Run, system: boolean): number {
  const taken = new Set([...users(run.fs).map(({ uid }) => uid), ...allGroups(run.fs).map(({ gid }) => gid)]);
  let number = system ? 100 : 1000;
  while (taken.has(number)) number++;
  return number;
}

const nobodyGroup = (run: Run) => findGroup(run.fs, 'nogroup')?.gid ?? 65533;

async function addOwnGroup(run: Run, name: string, uid: number): Promise<number> {
  const known = findGroup(run.fs, name);
  if (known) return known.gid;
  const gid = allGroups(run.fs).some((group) => group.gid === uid) ? freeId(run, false) : uid;
  await addRecord(run, '/etc/group', [name, 'x', gid, '']);
  return gid;
}

function makeHome(run: Run, home: string, uid: number, gid: number): void {
  if (run.fs.exists(home)) return;
  let path = '';
  for (const part of home.split('/').filter(Boolean)) {
    path += `/${part}`;
    if (!run.fs.exists(path)) run.fs.mkdir(path, 0o755);
  }
  run.fs.chown(home, uid, gid);
  run.fs.chmod(home, run.gnu ? 0o700 : 0o2755);
}

function withMember(fields: string[], name: string): string[] {
  const members = (fields[3] ?? '').split(',').filter(Boolean);
  return members.includes(name) ? fields : [fields[0]!, fields[1]!, fields[2]!, [...members, name].join(',')];
}

async function joinGroup(run: Run, name: string, group: string): Promise<number> {
  if (!findUser(run.fs, name))
    return run.fail(run.gnu ? `The user \`${name}' does not exist.` : `unknown user ${name}`);
  if (!findGroup(run.fs, group))
    return run.fail(run.gnu ? `The group \`${group}' does not exist.` : `unknown group ${group}`);
  await changeRecords(run, '/etc/group', (fields) => (fields[0] === group ? withMember(fields, name) : fields));
  if (run.gnu) await run.print(`Adding user \`${name}' to group \`${group}' ...\nDone.\n`);
  return 0;
}

export async function addgroup(run: Run): Promise<number> {
  const options = parseOptions(run, 'g:S', { gid: 'g', system: 'S' });
  const [first, second] = options.operands;
  if (first === undefined) throw new UsageError();
  if (run.process.credentials.uid !== 0) return run.fail('permission denied (are you root?)');
  if (second !== undefined) return joinGroup(run, first, second);
  if (findGroup(run.fs, first)) return run.fail(`group '${first}' in use`);
  const wanted = options.value('g');
  await addRecord(run, '/etc/group', [
    first,
    'x',
    wanted === undefined ? freeId(run, options.has('S')) : Number(wanted),
    '',
  ]);
  return 0;
}

export async function deluser(run: Run): Promise<number> {
  const options = parseOptions(run, 'r', { 'remove-home': 'r' });
  const [name, group] = options.operands;
  if (name === undefined) throw new UsageError();
  if (run.process.credentials.uid !== 0) return run.fail('permission denied (are you root?)');
  const about = run.name === 'delgroup' ? 'group' : 'user';
  if (group !== undefined) {
    await changeRecords(run, '/etc/group', (fields) =>
      fields[0] === group
        ? [
            ...fields.slice(0, 3),
            (fields[3] ?? '')
              .split(',')
              .filter((member) => member !== name)
              .join(','),
          ]
        : fields,
    );
    return 0;
  }
  if (about === 'group' ? !findGroup(run.fs, name) : !findUser(run.fs, name))
    return run.fail(`unknown ${about} ${name}`);
  if (about === 'user')
    for (const path of ['/etc/passwd', '/etc/shadow'])
      await changeRecords(run, path, (fields) => (fields[0] === name ? undefined : fields));
  await changeRecords(run, '/etc/group', (fields) => (fields[0] === name ? undefined : fields));
  return 0;
}

export async function passwd(run: Run): Promise<number> {
  const options = parseOptions(run, 'a:dluS', { delete: 'd', lock: 'l', unlock: 'u', status: 'S' });
  const [name] = options.operands;
  const user = name === undefined ? findUser(run.fs, run.process.credentials.uid) : findUser(run.fs, name);
  if (!user) return run.fail(run.gnu ? `user '${name}' does not exist` : `unknown user ${name}`);
  if (run.process.credentials.uid !== 0 && run.process.credentials.uid !== user.uid)
    return run.fail(run.gnu ? 'Permission denied.' : `${user.name} can't be changed: permission denied`);
  const flag = options.last('d', 'l', 'u', 'S');
  return flag === undefined ? askPassword(run, user.name) : changePassword(run, user.name, flag);
}

/** Without asking for one: none, locked with a `!` before it, unlocked, or what there is. */
async function changePassword(run: Run, name: string, flag: string): Promise<number> {
  const before = shadowOf(run, name);
  if (flag === 'S')
    return printed(run, `${name} ${before.startsWith('!') || before === '*' ? 'L' : before ? 'P' : 'NP'}`);
  const locked = before.startsWith('!');
  if (!run.gnu && flag !== 'd' && locked === (flag === 'l'))
    return run.fail(`password for ${name} is already ${locked ? '' : 'un'}locked`, 0);
  const after = flag === 'd' ? '' : flag === 'l' ? `!${before.replace(/^!/, '')}` : before.replace(/^!/, '');
  if (run.gnu && flag === 'u' && after === '') return run.fail(unlockedWithout, 3);
  await setPassword(run, name, after);
  return told(run, name);
}

const unlockedWithout =
  'unlocking the password would result in a passwordless account.\nYou should set a password with usermod -p to unlock the password of this account.';

function shadowOf(run: Run, name: string): string {
  if (!run.fs.exists('/etc/shadow')) return '';
  const line = decode(run.fs.readFile('/etc/shadow'))
    .split('\n')
    .find((one) => one.startsWith(`${name}:`));
  return line?.split(':')[1] ?? '';
}

function setPassword(run: Run, name: string, password: string): Promise<void> {
  return changeRecords(run, '/etc/shadow', (fields) =>
    fields[0] === name ? [name, password, ...fields.slice(2)] : fields,
  );
}

async function told(run: Run, name: string): Promise<number> {
  const { uid } = run.process.credentials;
  if (run.gnu) return printed(run, 'passwd: password changed.');
  await run.complain(`passwd: password for ${name} changed by ${userName(run.fs, uid) ?? uid}\n`);
  return 0;
}

async function askPassword(run: Run, name: string): Promise<number> {
  await run.print(run.gnu ? '' : `Changing password for ${name}\n`);
  const first = await secret(run, 'New password: ');
  const second = await secret(run, run.gnu ? 'Retype new password: ' : 'Retype password: ');
  if (first === undefined || first !== second)
    return run.gnu ? run.fail('Authentication token manipulation error', 10) : run.fail("passwords don't match");
  // A note that there is one: nobody's typed secret is kept in a simulated computer.
  await setPassword(run, name, '$set$');
  if (!run.gnu) return told(run, name);
  await run.complain('passwd: password updated successfully\n');
  return 0;
}

async function secret(run: Run, prompt: string): Promise<string | undefined> {
  await run.complain(prompt);
  const { terminal } = run.process.stdin;
  if (terminal) terminal.echo = false;
  try {
    return await run.lines(run.process.stdin).next();
  } finally {
    if (terminal) terminal.echo = true;
    if (terminal || !run.gnu) await run.complain('\n');
  }
}
