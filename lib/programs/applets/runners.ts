/** Programs that run programs: env, printenv, xargs, timeout, time, nohup, nice, setsid, chroot, which. */
import { FsError } from '../../fs';
import { open, parseSignal } from '../../process';
import { Complaint, parseOptions, UsageError } from '../options';
import { child } from '../path';
import type { Run } from '../run';
import { decode } from '../text';
import { confirm } from './copy';
import { duration } from './machine-facts';

export async function env(run: Run): Promise<number> {
  const words = run.args[0] === '-' ? ['-i', ...run.args.slice(1)] : run.args;
  const options = parseOptions(
    run,
    '+iu:0C:S:v',
    { 'ignore-environment': 'i', unset: 'u', null: '0', chdir: 'C', 'split-string': 'S' },
    words,
  );
  const variables: Record<string, string> = options.has('i') ? {} : { ...run.process.env };
  for (const name of options.all('u')) delete variables[name];
  const rest = [...(options.value('S')?.split(/\s+/).filter(Boolean) ?? []), ...options.operands];
  while (rest[0]?.includes('=')) {
    const word = rest.shift()!;
    variables[word.slice(0, word.indexOf('='))] = word.slice(word.indexOf('=') + 1);
  }
  if (rest.length === 0) {
    const end = options.has('0') ? '\0' : '\n';
    for (const [name, value] of Object.entries(variables)) await run.print(`${name}=${value}${end}`);
    return 0;
  }
  const chdir = options.value('C');
  if (chdir !== undefined) run.process.cwd = run.fs.realpath(chdir);
  return replaceBy(run, rest, variables, (name, words) =>
    run.gnu ? `'${name}': ${words}` : `can't execute '${name}': ${words}`,
  );
}

/** Becomes another program. 127 when there is none such, 126 when it cannot be run. */
async function replaceBy(
  run: Run,
  argv: readonly string[],
  variables: Record<string, string>,
  words: (name: string, why: string) => string,
): Promise<number> {
  const name = argv[0]!;
  await run.flush();
  try {
    const path = name.includes('/') ? name : run.which(name, variables.PATH);
    if (!path) throw new FsError('ENOENT', name);
    return await run.process.exec({ path, argv, env: variables });
  } catch (error) {
    return run.fail(words(name, run.say(error)), error instanceof FsError && error.errno === 'ENOENT' ? 127 : 126);
  }
}

export async function printenv(run: Run): Promise<number> {
  const { operands } = parseOptions(run, '0', { null: '0' });
  if (operands.length === 0) {
    for (const [name, value] of Object.entries(run.process.env)) await run.print(`${name}=${value}\n`);
    return 0;
  }
  let exitCode = 0;
  for (const name of operands) {
    const value = run.process.env[name];
    if (value === undefined) exitCode = 1;
    else await run.print(`${value}\n`);
  }
  return exitCode;
}

export async function which(run: Run): Promise<number> {
  const options = parseOptions(run, 'as');
  if (options.operands.length === 0) {
    if (run.gnu) return 1;
    throw new UsageError();
  }
  const folders = (run.process.env.PATH ?? '/sbin:/usr/sbin:/bin:/usr/bin').split(':');
  let exitCode = 0;
  for (const name of options.operands) {
    const all = name.includes('/') ? [name] : folders.map((folder) => child(folder || '.', name));
    const found = all.filter((path) => run.executable(path));
    if (found.length === 0) exitCode = 1;
    for (const path of options.has('a') ? found : found.slice(0, 1)) await run.print(`${path}\n`);
  }
  return exitCode;
}

// xargs

const xargsNames = {
  'no-run-if-empty': 'r',
  null: '0',
  'max-args': 'n',
  replace: 'I',
  verbose: 't',
  interactive: 'p',
  'max-procs': 'P',
  delimiter: 'd',
  'arg-file': 'a',
  'max-lines': 'L',
};

export async function xargs(run: Run): Promise<number> {
  const options = parseOptions(run, '+0trpE:e::I:n:s:P:L:a:d:x', xargsNames);
  const command = options.operands.length > 0 ? options.operands : ['echo'];
  const text = decode(options.has('a') ? await run.readAll(options.value('a')!) : await run.drain(run.process.stdin));
  const place = options.value('I');
  const words = options.has('0')
    ? pieces(text, '\0')
    : options.has('d')
      ? pieces(text, unescaped(options.value('d')!))
      : place === undefined
        ? shellWords(run, text)
        : linesOf(text);
  const most = place !== undefined ? 1 : Number(options.value('n') ?? options.value('L') ?? 5000);
  if (!(most > 0))
    throw run.gnu
      ? new UsageError(`value ${options.value('n')} for -n option should be >= 1`)
      : new Complaint(`invalid number '${options.value('n')}'`);
  if (
    words.length === 0 &&
    (options.has('r') || !run.gnu || place !== undefined) &&
    !(words.length === 0 && !options.has('r') && place === undefined)
  )
    return 0;
  let exitCode = 0;
  const input = await open(run.process, '/dev/null', { read: true }).catch(() => run.process.stdin.hold());
  try {
    for (let at = 0; at === 0 || at < words.length; at += most) {
      const batch = words.slice(at, at + most);
      const argv =
        place === undefined ? [...command, ...batch] : command.map((word) => word.replaceAll(place, batch[0] ?? ''));
      if (options.has('t', 'p')) await run.complain(argv.join(' ') + (options.has('p') ? ' ?...' : '\n'));
      if (options.has('p') && !(await confirm(run, ''))) continue;
      const code = await runOne(run, argv, input);
      if (code === undefined) return 127;
      if (code === 255)
        return run.fail(
          run.gnu ? `${argv[0]}: exited with status 255; aborting` : `${argv[0]}: exited with status 255; aborting`,
          124,
        );
      if (code >= 126 && code <= 127) return code;
      if (code > 128) exitCode = 125;
      else if (code !== 0) exitCode = 123;
    }
  } finally {
    input.close();
  }
  return exitCode;
}

async function runOne(
  run: Run,
  argv: readonly string[],
  stdin: import('../../process').Descriptor,
): Promise<number | undefined> {
  try {
    return (await run.call(argv, { stdin })).exitCode;
  } catch (error) {
    await run.failed(run.gnu ? `failed to run command '${argv[0]}'` : argv[0]!, error);
    return error instanceof FsError && error.errno === 'EACCES' ? 126 : undefined;
  }
}

const unescaped = (text: string) => ({ '\\n': '\n', '\\t': '\t', '\\0': '\0' })[text] ?? text[0] ?? '\n';
const pieces = (text: string, separator: string) =>
  text.split(separator).filter((piece, at, all) => at < all.length - 1 || piece !== '');
const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trimStart())
    .filter((line) => line !== '');

/** Words as xargs reads them: blanks separate; quotes and backslashes protect. */
function shellWords(run: Run, text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (quote) {
      if (character === '\n')
        throw new Complaint(
          run.gnu
            ? `unmatched ${quote === '"' ? 'double' : 'single'} quote; by default quotes are special to xargs unless you use the -0 option`
            : `unmatched ${quote === '"' ? 'double' : 'single'} quote`,
        );
      if (character === quote) quote = '';
      else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (character === '\\' && at + 1 < text.length) word = (word ?? '') + text[++at];
    else if (/[ \t\n]/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + character;
  }
  if (word !== undefined) words.push(word);
  return words;
}

// timeout, time, nohup…

export async function timeout(run: Run): Promise<number> {
  const options = parseOptions(run, '+s:k:fpv', {
    signal: 's',
    'kill-after': 'k',
    foreground: 'f',
    'preserve-status': 'p',
    verbose: 'v',
  });
  const [limit, ...argv] = options.operands;
  if (limit === undefined || argv.length === 0) throw new UsageError();
  const seconds = duration(limit);
  if (seconds === undefined)
    throw run.gnu
      ? new UsageError(`invalid time interval '${limit}'`, 125)
      : new Complaint(`invalid number '${limit}'`);
  const signal = parseSignal(options.value('s') ?? 'TERM');
  if (!signal)
    throw new Complaint(
      run.gnu ? `'${options.value('s')}': invalid signal` : `bad signal name '${options.value('s')}'`,
    );
  await run.flush();
  let program: ReturnType<Run['start']>;
  try {
    program = run.start(argv);
  } catch (error) {
    const code = error instanceof FsError && error.errno === 'ENOENT' ? 127 : 126;
    return run.fail(
      run.gnu
        ? `failed to run command '${argv[0]}': ${run.say(error)}`
        : `can't execute '${argv[0]}': ${run.say(error)}`,
      code,
    );
  }
  const ended =
    seconds === 0
      ? await run.process.wait(program.pid)
      : await run.process.within(seconds * 1000, () => run.process.wait(program.pid));
  if (ended) return ended.exitCode;
  run.process.kill(program.pid, signal);
  const grace = duration(options.value('k') ?? '');
  let late =
    grace === undefined
      ? await run.process.wait(program.pid)
      : await run.process.within(grace * 1000, () => run.process.wait(program.pid));
  if (!late) {
    run.process.kill(program.pid, 'KILL');
    late = await run.process.wait(program.pid);
  }
  // busybox has become the command, and so ends by the signal itself.
  if (!run.gnu && late.signal) {
    await run.flush();
    run.process.kill(run.process.pid, late.signal);
    await run.process.tick();
  }
  return !run.gnu || options.has('p') || late.signal === 'KILL' ? late.exitCode : 124;
}

export async function time(run: Run): Promise<number> {
  const options = parseOptions(run, '+vpaf:o:', { portability: 'p' });
  if (options.operands.length === 0) throw new UsageError();
  const clock = run.process.system.clock;
  const started = clock.now();
  let code: number;
  try {
    code = (await run.call(options.operands)).exitCode;
  } catch (error) {
    await run.fail(`can't execute '${options.operands[0]}': ${run.say(error)}`);
    code = error instanceof FsError && error.errno === 'ENOENT' ? 127 : 126;
  }
  const seconds = Number(clock.now() - started) / 1e9;
  const text = options.has('p') ? seconds.toFixed(2) : `${Math.floor(seconds / 60)}m ${(seconds % 60).toFixed(2)}s`;
  if (code !== 0) await run.complain(`Command exited with non-zero status ${code}\n`);
  const zero = options.has('p') ? '0.00' : '0m 0.00s';
  const gap = options.has('p') ? ' ' : '\t';
  await run.complain(`real${gap}${text}\nuser${gap}${zero}\nsys${gap}${zero}\n`);
  return code;
}

export async function nohup(run: Run): Promise<number> {
  const [name, ...rest] = run.args;
  if (name === undefined) throw new UsageError(run.gnu ? 'missing operand' : '');
  run.process.onSignal('HUP', 'ignore');
  if (run.process.stdout.terminal) {
    const output = await open(run.process, 'nohup.out', { write: true, create: true, append: true }, 0o600);
    await run.fail(run.gnu ? "ignoring input and appending output to 'nohup.out'" : 'appending output to nohup.out');
    run.process.descriptors.get(1)?.close();
    run.process.descriptors.set(1, output);
  }
  return replaceBy(run, [name, ...rest], run.process.env, (command, why) =>
    run.gnu ? `failed to run command '${command}': ${why}` : `can't execute '${command}': ${why}`,
  );
}

/** nice, ionice, setsid, stdbuf: what they change is not simulated; the command runs. */
export async function nice(run: Run): Promise<number> {
  const options = parseOptions(
    run,
    run.name === 'stdbuf' ? '+i:o:e:' : run.name === 'setsid' ? '+cfw' : run.name === 'ionice' ? '+c:n:tp:' : '+n:',
    { adjustment: 'n' },
  );
  if (options.operands.length === 0) {
    if (run.name !== 'nice') throw new UsageError();
    await run.print('0\n');
    return 0;
  }
  return replaceBy(run, options.operands, run.process.env, (command, why) =>
    run.gnu ? `'${command}': ${why}` : `can't execute '${command}': ${why}`,
  );
}

export async function chroot(run: Run): Promise<number> {
  const [path] = parseOptions(run, '+').operands;
  if (path === undefined) throw new UsageError(run.gnu ? 'missing operand' : '');
  const words = run.gnu ? `cannot change root directory to '${path}'` : `can't change root directory to '${path}'`;
  if (!run.fs.exists(path)) return run.fail(`${words}: No such file or directory`, run.gnu ? 125 : 1);
  return run.fail(`${words}: Operation not permitted`, run.gnu ? 125 : 1);
}
