/** ps, top, kill, killall, pidof, pgrep, pkill, watch. */
import { FsError } from '../../fs';
import { compileRegexes } from '../../pattern';
import { type ProcessRow, parseSignal, type Signal, signals } from '../../process';
import { userName } from '../accounts';
import { formatTime } from '../calendar';
import { Complaint, parseOptions, UsageError } from '../options';
import type { Run } from '../run';

const commandOf = (row: ProcessRow) => row.argv.join(' ') || '?';
const nameOf = (row: ProcessRow) => (row.argv[0] ?? '?').split('/').pop()!.replace(/^-/, '').slice(0, 15);

type Show = (row: ProcessRow, run: Run) => string;

interface Column {
  readonly title: string;
  readonly width: number;
  readonly right?: boolean;
  readonly show: Show;
}

const minutesOf = (row: ProcessRow) =>
  `${Math.floor(row.cpu / 60000)}:${String(Math.floor(row.cpu / 1000) % 60).padStart(2, '0')}`;

const columns: Readonly<Record<string, Column>> = {
  user: { title: 'USER', width: 8, show: (row, run) => userName(run.fs, row.uid) ?? String(row.uid) },
  group: { title: 'GROUP', width: 8, show: (row, run) => userName(run.fs, row.uid) ?? String(row.uid) },
  comm: { title: 'COMMAND', width: 16, show: nameOf },
  args: { title: 'COMMAND', width: 256, show: (row) => (row.state === 'Z' ? `[${nameOf(row)}]` : commandOf(row)) },
  pid: { title: 'PID', width: 5, right: true, show: (row) => String(row.pid) },
  ppid: { title: 'PPID', width: 5, right: true, show: (row) => String(row.ppid) },
  pgid: { title: 'PGID', width: 5, right: true, show: (row) => String(row.pgid) },
  etime: { title: 'ELAPSED', width: 7, right: true, show: (row, run) => elapsed(row, run) },
  nice: { title: 'NI', width: 5, right: true, show: () => '0' },
  rgroup: { title: 'RGROUP', width: 8, show: (row, run) => userName(run.fs, row.uid) ?? String(row.uid) },
  ruser: { title: 'RUSER', width: 8, show: (row, run) => userName(run.fs, row.uid) ?? String(row.uid) },
  time: { title: 'TIME', width: 6, show: minutesOf },
  tty: { title: 'TT', width: 6, show: (row) => (row.terminal ? '136,0' : '?') },
  vsz: { title: 'VSZ', width: 4, right: true, show: () => '4400' },
  sid: { title: 'SID', width: 5, right: true, show: (row) => String(row.pgid) },
  stat: { title: 'STAT', width: 4, show: (row) => row.state },
  rss: { title: 'RSS', width: 4, right: true, show: () => '1200' },
};

function elapsed(row: ProcessRow, run: Run): string {
  const seconds = Number((run.process.system.clock.now() - row.started) / 1_000_000_000n);
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${seconds >= 3600 ? `${pad(Math.floor(seconds / 3600))}:` : ''}${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
}

export async function ps(run: Run): Promise<number> {
  return run.gnu ? procps(run) : busyboxPs(run);
}

async function busyboxPs(run: Run): Promise<number> {
  const asked = run.args.flatMap((word, at) =>
    word === '-o' ? [run.args[at + 1] ?? ''] : word.startsWith('-o') ? [word.slice(2)] : [],
  );
  const names = (asked.length > 0 ? asked.join(',') : 'pid,user,args').split(',');
  const chosen: Column[] = [];
  for (const text of names) {
    const [name = '', title] = text.split('=');
    const column = columns[name];
    if (!column) return run.fail(`bad -o argument '${name}', supported arguments: ${Object.keys(columns).join(',')}`);
    chosen.push(title === undefined ? column : { ...column, title });
  }
  const rows = run.process.system.processes();
  const cells = (texts: readonly string[], numeric: boolean) =>
    texts
      .map((text, at) =>
        at === texts.length - 1 && !chosen[at]!.right
          ? text
          : chosen[at]!.right && numeric
            ? text.padStart(chosen[at]!.width)
            : text.padEnd(chosen[at]!.width),
      )
      .join(' ');
  const titles = chosen.map(({ title }) => title);
  if (titles.some((title) => title !== '')) await run.print(`${cells(titles, false)}\n`);
  for (const row of rows)
    await run.print(
      `${cells(
        chosen.map(({ show }) => show(row, run)),
        true,
      )}\n`,
    );
  return 0;
}

/** procps: `ps`, `ps -e`, `ps -ef`, `ps aux`, `ps -o …`. */
async function procps(run: Run): Promise<number> {
  const words = run.args.join(' ');
  const all = run.process.system.processes();
  const self = run.process.system.processes().find(({ pid }) => pid === run.process.pid);
  const shown = /(^|\s)-?\w*[eAax]/.test(words) ? all : all.filter((row) => row.terminal === self?.terminal);
  if (/(^|\s)-?a?u/.test(words) && /u/.test(words) && !words.includes('-o')) return printRows(run, shown, auxColumns);
  if (/(^|\s)-\w*f/.test(words)) return printRows(run, shown, fullColumns);
  const own = /-o\s*(\S+)|--format[= ](\S+)/.exec(words);
  if (own) {
    const alias: Readonly<Record<string, string>> = { cmd: 'args', command: 'args', uid: 'user', ucmd: 'comm' };
    const chosen = (own[1] ?? own[2]!).split(',').map((text) => {
      const [name = '', title] = text.split('=');
      const column = columns[alias[name] ?? name];
      const wide = column?.title === 'PID' || column?.title === 'PPID' ? { ...column, width: 7 } : column;
      return wide && title !== undefined ? { ...wide, title } : wide;
    });
    if (chosen.includes(undefined))
      return run.complain(`error: unknown user-defined format specifier "${own[1] ?? own[2]}"\n`).then(() => 1);
    return printRows(run, shown, chosen as Column[]);
  }
  return printRows(run, shown, plainColumns);
}

const terminalName: Column = { title: 'TTY', width: 8, show: (row) => (row.terminal ? 'pts/0' : '?') };
const longTime: Column = {
  title: 'TIME',
  width: 8,
  right: true,
  show: (row) => formatTime('%T', BigInt(Math.floor(row.cpu)) * 1_000_000n),
};
const plainColumns: readonly Column[] = [
  { ...columns.pid!, width: 7 },
  terminalName,
  longTime,
  { title: 'CMD', width: 15, show: nameOf },
];
const start: Column = { title: 'STIME', width: 5, show: (row) => formatTime('%H:%M', row.started) };
const fullColumns: readonly Column[] = [
  { ...columns.user!, title: 'UID', width: 8 },
  { ...columns.pid!, width: 7 },
  { ...columns.ppid!, width: 7 },
  { title: 'C', width: 2, right: true, show: () => '0' },
  start,
  terminalName,
  longTime,
  { ...columns.args!, title: 'CMD' },
];
const auxColumns: readonly Column[] = [
  columns.user!,
  { ...columns.pid!, width: 7 },
  { title: '%CPU', width: 4, right: true, show: () => '0.0' },
  { title: '%MEM', width: 4, right: true, show: () => '0.0' },
  { title: 'VSZ', width: 6, right: true, show: () => '4400' },
  { title: 'RSS', width: 5, right: true, show: () => '1200' },
  terminalName,
  { title: 'STAT', width: 4, show: (row) => row.state + (row.pid === row.pgid ? 's' : '') },
  { ...start, title: 'START' },
  { title: 'TIME', width: 6, right: true, show: minutesOf },
  columns.args!,
];

async function printRows(run: Run, rows: readonly ProcessRow[], chosen: readonly Column[]): Promise<number> {
  const line = (texts: readonly string[]) =>
    texts
      .map((text, at) =>
        chosen[at]!.right
          ? text.padStart(chosen[at]!.width)
          : at === texts.length - 1
            ? text
            : text.padEnd(chosen[at]!.width),
      )
      .join(' ');
  const titles = chosen.map(({ title }) => title);
  if (titles.some((title) => title !== '')) await run.print(`${line(titles)}\n`);
  for (const row of rows) await run.print(`${line(chosen.map(({ show }) => show(row, run)))}\n`);
  return 0;
}

export async function top(run: Run): Promise<number> {
  const options = parseOptions(run, 'bd:n:Hm', { batch: 'b' });
  const rounds = Number(options.value('n') ?? Number.POSITIVE_INFINITY);
  const delay = Number(options.value('d') ?? 5) * 1000;
  const { terminal } = run.process.stdin;
  const batch = options.has('b') || !terminal;
  if (terminal && !batch) terminal.mode = 'raw';
  try {
    for (let round = 0; round < rounds; round++) {
      await run.print(`${batch ? '' : '\x1b[H\x1b[J'}${topText(run, batch ? 1000 : terminal!.size.rows)}`);
      await run.flush();
      if (round + 1 >= rounds) break;
      const key = batch ? undefined : await run.process.within(delay, () => run.process.stdin.read(run.process, 1));
      if (batch) await run.process.sleep(delay);
      else if (key && (key.length === 0 || key[0] === 0x71 || key[0] === 3)) break;
    }
  } finally {
    if (terminal && !batch) terminal.mode = 'line';
  }
  if (!batch) await run.print('\n');
  return 0;
}

function topText(run: Run, rows: number): string {
  const all = run.process.system.processes();
  const head =
    'Mem: 1024000K used, 1024000K free, 0K shrd, 0K buff, 512000K cached\nCPU:   0% usr   0% sys   0% nic  99% idle   0% io   0% irq   0% sirq\n' +
    `Load average: 0.00 0.00 0.00 ${all.filter(({ state }) => state === 'R').length}/${all.length} ${all.at(-1)?.pid ?? 1}\n`;
  const title = '\x1b[7m  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND\x1b[m\n'.replace(
    /\x1b\[\d*m/g,
    rows > 500 ? '' : '$&',
  );
  const lines = all
    .slice(0, Math.max(1, rows - 5))
    .map(
      (row) =>
        `${String(row.pid).padStart(5)} ${String(row.ppid).padStart(5)} ${(userName(run.fs, row.uid) ?? String(row.uid)).padEnd(8)} ${row.state.padEnd(4)} ${'4400'.padStart(5)}   0%   0% ${commandOf(row)}\n`,
    );
  return head + title + lines.join('');
}

// Signals

const table = Object.entries(signals) as [Signal, number][];

export async function kill(run: Run): Promise<number> {
  const words = [...run.args];
  if (words.length === 0) throw run.gnu ? new UsageError() : new Complaint('you need to specify whom to kill');
  let signal: Signal | undefined = 'TERM';
  let probe = false;
  if (words[0] === '-l' || words[0] === '-L') return listSignals(run, words.slice(1));
  if (words[0]!.startsWith('-') && words[0] !== '--' && words[0]!.length > 1) {
    const text = words[0] === '-s' || words[0] === '-n' ? (words.splice(0, 2)[1] ?? '') : words.shift()!.slice(1);
    probe = text === '0';
    signal = parseSignal(text);
    if (!signal && !probe)
      return run.fail(run.gnu ? `${text}: invalid signal specification` : `bad signal name '${text}'`);
  }
  if (words[0] === '--') words.shift();
  if (words.length === 0) return run.fail('you need to specify whom to kill');
  let exitCode = 0;
  for (const word of words) {
    if (!/^-?\d+$/.test(word)) {
      exitCode = await run.fail(run.gnu ? `failed to parse argument: '${word}'` : `invalid number '${word}'`);
      continue;
    }
    try {
      run.process.kill(Number(word), probe ? undefined : signal);
    } catch (error) {
      exitCode = await run.fail(
        run.gnu ? `(${word}) - ${run.say(error)}` : `can't kill pid ${word}: ${run.say(error)}`,
      );
    }
  }
  return exitCode;
}

async function listSignals(run: Run, names: readonly string[]): Promise<number> {
  if (names.length === 0) {
    await run.print(
      run.gnu
        ? `${table.map(([name]) => name).join(' ')}\n`
        : table.map(([name, number]) => `${String(number).padStart(2)}) ${name}\n`).join(''),
    );
    return 0;
  }
  for (const name of names) {
    const number = /^\d+$/.test(name) ? Number(name) & 0x7f : undefined;
    const found = parseSignal(number === undefined ? name : String(number));
    if (!found) return run.fail(run.gnu ? `unknown signal name ${name}` : `unknown signal '${name}'`);
    await run.print(`${number === undefined ? signals[found] : found}\n`);
  }
  return 0;
}

function named(run: Run, name: string): ProcessRow[] {
  return run.process.system
    .processes()
    .filter((row) => row.pid !== run.process.pid && row.state !== 'Z' && nameOf(row) === name.split('/').pop());
}

export async function killall(run: Run): Promise<number> {
  const words = [...run.args];
  const quiet = words[0] === '-q' && words.shift() !== undefined;
  if (words[0] === '-l') return listSignals(run, words.slice(1));
  const flag = words[0]?.startsWith('-') ? words.shift()!.replace(/^-s?/, '') : 'TERM';
  const signal = parseSignal(flag || words.shift() || '');
  if (!signal) return run.fail(`bad signal name '${flag}'`);
  if (words.length === 0) throw run.gnu ? new UsageError() : new Complaint('you need to specify whom to kill');
  let exitCode = 0;
  for (const name of words) {
    const found = named(run, name);
    if (found.length === 0 && !quiet)
      await run.complain(run.gnu ? `${name}: no process found\n` : `${run.name}: ${name}: no process killed\n`);
    if (found.length === 0) exitCode = 1;
    for (const { pid } of found) run.process.kill(pid, signal);
  }
  return exitCode;
}

export async function pidof(run: Run): Promise<number> {
  const options = parseOptions(run, 'so:x', {});
  const pids = options.operands.flatMap((name) => named(run, name).map(({ pid }) => pid)).reverse();
  if (pids.length === 0) return 1;
  await run.print(`${(options.has('s') ? pids.slice(0, 1) : pids).join(' ')}\n`);
  return 0;
}

export async function pgrep(run: Run): Promise<number> {
  const kills = run.name === 'pkill';
  const flag = kills && run.args[0]?.startsWith('-') ? parseSignal(run.args[0].slice(1)) : undefined;
  const options = parseOptions(run, 'flxvo:nu:c', { full: 'f', exact: 'x' }, flag ? run.args.slice(1) : run.args);
  const [pattern] = options.operands;
  if (pattern === undefined) throw new UsageError(run.gnu ? 'no matching criteria specified' : '');
  const regex = compileRegexes([pattern], { syntax: 'extended' }, options.has('x') ? 'line' : undefined);
  const found = run.process.system
    .processes()
    .filter(
      (row) =>
        row.pid !== run.process.pid && regex.test(options.has('f') ? commandOf(row) : nameOf(row)) !== options.has('v'),
    );
  for (const row of found) {
    if (kills) run.process.kill(row.pid, flag ?? 'TERM');
    else await run.print(`${row.pid}${options.has('l') ? ` ${nameOf(row)}` : ''}\n`);
  }
  return found.length > 0 ? 0 : 1;
}

export async function watch(run: Run): Promise<number> {
  const options = parseOptions(run, '+n:tdegx', { interval: 'n', 'no-title': 't', differences: 'd' });
  const command = options.operands.join(' ');
  if (!command) throw new UsageError();
  const seconds = Math.max(0.1, Number(options.value('n') ?? 2));
  for (;;) {
    const width = run.process.stdout.terminal?.size.columns ?? 80;
    const title = `Every ${seconds.toFixed(1)}s: ${command}`;
    const stamp = formatTime('%F %T', run.process.system.clock.now());
    await run.print(
      `\x1b[H\x1b[J${options.has('t') ? '' : `${title.slice(0, width - stamp.length - 1).padEnd(width - stamp.length)}${stamp}\n\n`}`,
    );
    try {
      await run.call(['/bin/sh', '-c', command]);
    } catch (error) {
      if (error instanceof FsError) return run.fail(`can't execute 'sh': ${run.say(error)}`, 127);
      throw error;
    }
    await run.process.sleep(seconds * 1000);
  }
}
