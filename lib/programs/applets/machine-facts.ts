/** hostname, uname, arch, nproc, free, uptime, date, cal, sleep, usleep, tty, sync, clear, reset, who, mount, umount, dmesg. */
import { formatTime, monthNames, parseTime } from '../calendar';
import { Complaint, parseOptions, UsageError } from '../options';
import type { Run } from '../run';
import { humanSize } from '../sizes';
import { decode } from '../text';

/** What the simulated machine says that it is. */
const kernel = { release: '6.1.0-dockerland', version: '#1 SMP PREEMPT_DYNAMIC', machine: 'x86_64' };

export async function hostname(run: Run): Promise<number> {
  const options = parseOptions(run, 'sidfF:aAI', {
    short: 's',
    fqdn: 'f',
    long: 'f',
    'ip-address': 'i',
    domain: 'd',
    file: 'F',
    'all-ip-addresses': 'I',
  });
  const name = run.process.system.hostname;
  const [wanted] = options.operands;
  if (wanted !== undefined || options.has('F')) {
    return run.fail(run.gnu ? 'you must be root to change the host name' : 'sethostname: Operation not permitted');
  }
  if (options.has('i', 'I')) {
    const addresses = run.process.system.network.addresses().filter((each) => each.name !== 'lo');
    return say(run, addresses.map(({ address }) => address).join(' ') + (options.has('I') ? ' ' : ''));
  }
  if (options.has('d')) return say(run, name.split('.').slice(1).join('.'));
  return say(run, options.has('s') ? name.split('.')[0]! : name);
}

async function say(run: Run, text: string): Promise<number> {
  await run.print(`${text}\n`);
  return 0;
}

export async function uname(run: Run): Promise<number> {
  const options = parseOptions(run, 'amnrspvio', {
    all: 'a',
    machine: 'm',
    nodename: 'n',
    'kernel-release': 'r',
    'kernel-name': 's',
    processor: 'p',
    'kernel-version': 'v',
    'hardware-platform': 'i',
    'operating-system': 'o',
  });
  if (options.operands.length > 0) throw new UsageError(run.gnu ? `extra operand '${options.operands[0]}'` : '');
  const all = options.has('a');
  const parts: readonly (readonly [string, string])[] = [
    ['s', 'Linux'],
    ['n', run.process.system.hostname],
    ['r', kernel.release],
    ['v', kernel.version],
    ['m', kernel.machine],
    ['p', 'unknown'],
    ['i', 'unknown'],
    ['o', run.gnu || run.fs.exists('/etc/debian_version') ? 'GNU/Linux' : 'Linux'],
  ];
  const chosen = parts.filter(([flag, text]) => (all ? text !== 'unknown' : options.has(flag)));
  return say(run, (chosen.length > 0 ? chosen : [parts[0]!]).map(([, text]) => text).join(' '));
}

export async function arch(run: Run): Promise<number> {
  parseOptions(run, '');
  return say(run, kernel.machine);
}

export async function nproc(run: Run): Promise<number> {
  parseOptions(run, '', { all: 'a', ignore: 'ignore:' });
  return say(run, '1');
}

function memory(run: Run): Record<string, number> {
  const facts: Record<string, number> = {};
  if (!run.fs.exists('/proc/meminfo')) return facts;
  for (const [, name = '', amount] of decode(run.fs.readFile('/proc/meminfo')).matchAll(/^(\w+):\s+(\d+)/gm))
    facts[name] = Number(amount);
  return facts;
}

export async function free(run: Run): Promise<number> {
  const options = parseOptions(run, 'bkmgth', { human: 'h', mebi: 'm', gibi: 'g', bytes: 'b', kibi: 'k' });
  const {
    MemTotal = 0,
    MemFree = 0,
    Cached = 0,
    Buffers = 0,
    MemAvailable = MemFree,
    SwapTotal = 0,
    SwapFree = 0,
  } = memory(run);
  const cache = Cached + Buffers;
  const show = (kilobytes: number) => {
    if (options.has('h'))
      return run.gnu
        ? humanSize(kilobytes * 1024, 'gnu').replace(/([KMG])$/, '$1i')
        : humanSize(kilobytes * 1024, 'busybox');
    const shift = options.has('b') ? 1024 : options.has('m') ? 1 / 1024 : options.has('g') ? 1 / 1048576 : 1;
    return String(Math.floor(kilobytes * shift));
  };
  const row = (title: string, ...values: number[]) =>
    `${title.padEnd(run.gnu ? 9 : 8)}${values.map((value) => show(value).padStart(12)).join('')}\n`.replace(
      /^(\S+\s*) {2}/,
      '$1  ',
    );
  await run.print(run.gnu ? ' ' : '');
  await run.print('              total        used        free      shared  buff/cache   available\n');
  await run.print(row('Mem:', MemTotal, MemTotal - MemFree - cache, MemFree, 0, cache, MemAvailable));
  await run.print(row('Swap:', SwapTotal, SwapTotal - SwapFree, SwapFree));
  return 0;
}

export async function uptime(run: Run): Promise<number> {
  parseOptions(run, 'ps', { pretty: 'p', since: 's' });
  const now = run.process.system.clock.now();
  const started = run.process.system
    .processes()
    .reduce((least, row) => (row.started < least ? row.started : least), now);
  const minutes = Number((now - started) / 60_000_000_000n);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  const up = `${days > 0 ? `${days} day${days > 1 ? 's' : ''}, ` : ''}${hours > 0 ? `${String(hours).padStart(2)}:${String(minutes % 60).padStart(2, '0')}` : `${minutes % 60} min`}`;
  return say(run, ` ${formatTime('%T', now)} up ${up},  0 users,  load average: 0.00, 0.00, 0.00`);
}

export async function date(run: Run): Promise<number> {
  const options = parseOptions(run, 'ud:D:s:r:RI::', {
    utc: 'u',
    date: 'd',
    set: 's',
    reference: 'r',
    'rfc-email': 'R',
    'rfc-2822': 'R',
    'iso-8601': 'I',
    'rfc-3339': 'rfc-3339:',
  });
  const [first, second] = options.operands;
  if (second !== undefined) throw new UsageError(run.gnu ? `extra operand '${second}'` : '');
  if (options.has('s') || (first !== undefined && !first.startsWith('+'))) {
    if (first !== undefined && !options.has('s') && !/^\d+/.test(first)) return run.fail(`invalid date '${first}'`);
    return run.fail(run.gnu ? 'cannot set date: Operation not permitted' : "can't set date: Operation not permitted");
  }
  const time = moment(run, options.value('d'), options.value('r'));
  if (time === undefined) return run.fail(`invalid date '${options.value('d')}'`);
  return say(run, formatTime(first?.slice(1) ?? style(run, options.has('R'), options.value('I')), time));
}

function moment(run: Run, text: string | undefined, reference: string | undefined): bigint | undefined {
  const now = run.process.system.clock.now();
  if (reference !== undefined) return run.fs.stat(reference).mtime;
  if (text === undefined) return now;
  return parseTime(text, run.now()) ?? (run.gnu ? relative(text, now) : undefined);
}

const units: Readonly<Record<string, bigint>> = {
  sec: 1n,
  second: 1n,
  min: 60n,
  minute: 60n,
  hour: 3600n,
  day: 86400n,
  week: 604800n,
  fortnight: 1209600n,
};

/** `now`, `yesterday`, `2 days ago`, `+1 hour`, `next week`: the part of GNU's date words that people type. */
function relative(text: string, now: bigint): bigint | undefined {
  const words = text.trim().toLowerCase();
  if (words === 'now' || words === 'today' || words === '') return now;
  const named = { yesterday: -86400n, tomorrow: 86400n }[words];
  if (named !== undefined) return now + named * 1_000_000_000n;
  const match = /^([+-]?\d+|next|last)\s*([a-z]+?)s?(\s+ago)?$/.exec(words);
  const unit = match ? units[match[2]!] : undefined;
  if (!match || unit === undefined) return undefined;
  const amount = match[1] === 'next' ? 1n : match[1] === 'last' ? -1n : BigInt(match[1]!);
  return now + amount * unit * (match[3] ? -1n : 1n) * 1_000_000_000n;
}

function style(run: Run, mail: boolean, iso: string | undefined): string {
  if (mail) return '%a, %d %b %Y %H:%M:%S %z';
  if (iso === undefined) return run.gnu ? '%a %b %e %H:%M:%S %Z %Y' : '%a %b %e %H:%M:%S %Z %Y';
  const forms: Readonly<Record<string, string>> = {
    hours: '%FT%H%:z',
    minutes: '%FT%H:%M%:z',
    seconds: '%FT%T%:z',
    ns: '%FT%T,%N%:z',
  };
  return forms[iso] ?? '%F';
}

const monthLength = (year: number, month: number) =>
  year === 1752 && month === 8 ? 30 : new Date(Date.UTC(year < 100 ? year + 400 : year, month + 1, 0)).getUTCDate();

export async function cal(run: Run): Promise<number> {
  const options = parseOptions(run, 'jmy1');
  const now = new Date(run.now());
  const [a, b] = options.operands.map(Number);
  const year = b ?? a ?? now.getUTCFullYear();
  const month = b === undefined ? (a === undefined && !options.has('y') ? now.getUTCMonth() : undefined) : a! - 1;
  if (!Number.isInteger(year) || year < 1 || year > 9999)
    throw new Complaint(`invalid number '${options.operands.at(-1)}'`);
  if (month !== undefined && (month < 0 || month > 11))
    throw new Complaint(`number ${options.operands[0]} is not in 1..12 range`);
  if (month !== undefined) {
    const rows = monthRows(year, month);
    const title = `${monthNames[month]} ${year}`;
    await run.print(
      `${' '.repeat(Math.floor((20 - title.length) / 2))}${title}\n${rows.map((row) => row.trimEnd()).join('\n')}\n`,
    );
    return 0;
  }
  await run.print(`${' '.repeat(30)}${year}\n\n`);
  for (let quarter = 0; quarter < 4; quarter++) {
    const three = [0, 1, 2].map((offset) => ({
      title: centred(monthNames[quarter * 3 + offset]!),
      rows: monthRows(year, quarter * 3 + offset),
    }));
    await run.print(
      `${three
        .map(({ title }) => title)
        .join('   ')
        .trimEnd()}\n`,
    );
    for (let row = 0; row < 7; row++)
      await run.print(
        `${three
          .map(({ rows }) => (rows[row] ?? '').padEnd(20))
          .join('   ')
          .trimEnd()}\n`,
      );
    await run.print('\n');
  }
  return 0;
}

const centred = (text: string) => `${' '.repeat(Math.floor((20 - text.length) / 2))}${text}`.padEnd(20);

function monthRows(year: number, month: number): string[] {
  const first = new Date(Date.UTC(2000, month, 1));
  first.setUTCFullYear(year);
  const cells = [
    ...Array.from({ length: first.getUTCDay() }, () => '  '),
    ...Array.from({ length: monthLength(year, month) }, (_, day) => String(day + 1).padStart(2)),
  ];
  const rows = ['Su Mo Tu We Th Fr Sa'];
  for (let at = 0; at < 42; at += 7) rows.push(cells.slice(at, at + 7).join(' '));
  return rows;
}

export async function sleep(run: Run): Promise<number> {
  const { operands } = parseOptions(run, '');
  if (operands.length === 0) throw new UsageError(run.gnu ? 'missing operand' : '');
  let total = 0;
  for (const text of operands) {
    const seconds = duration(text);
    if (seconds === undefined)
      return run.gnu
        ? run.fail(`invalid time interval '${text}'\nTry 'sleep --help' for more information.`)
        : run.fail(`invalid number '${text}'`);
    total += seconds;
  }
  await (total === Number.POSITIVE_INFINITY ? forever(run) : run.process.sleep(total * 1000));
  return 0;
}

async function forever(run: Run): Promise<never> {
  for (;;) await run.process.sleep(86_400_000);
}

/** `1.5`, `2m`, `inf` → seconds. */
export function duration(text: string): number | undefined {
  if (/^inf(inity)?$/i.test(text)) return Number.POSITIVE_INFINITY;
  const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text);
  return match ? Number(match[1]) * { '': 1, s: 1, m: 60, h: 3600, d: 86400 }[match[2] as 's']! : undefined;
}

export async function usleep(run: Run): Promise<number> {
  const [text] = parseOptions(run, '').operands;
  if (text === undefined) throw new UsageError();
  if (!/^\d+$/.test(text)) return run.fail(`invalid number '${text}'`);
  await run.process.sleep(Number(text) / 1000);
  return 0;
}

export async function tty(run: Run): Promise<number> {
  const options = parseOptions(run, 's', { silent: 's', quiet: 's' });
  const { terminal } = run.process.stdin;
  if (!options.has('s')) await run.print(terminal ? '/dev/pts/0\n' : 'not a tty\n');
  return terminal ? 0 : 1;
}

export async function sync(run: Run): Promise<number> {
  parseOptions(run, 'df');
  return 0;
}

export async function clear(run: Run): Promise<number> {
  await run.print('\x1b[H\x1b[J');
  return 0;
}

export async function reset(run: Run): Promise<number> {
  const { terminal } = run.process.stdout;
  if (terminal) {
    terminal.mode = 'line';
    terminal.echo = true;
  }
  await run.print('\x1bc\x1b(B\x1b[0;0m\x1b[J\x1b[?25h');
  return 0;
}

export async function stty(run: Run): Promise<number> {
  const { terminal } = run.process.stdin;
  if (!terminal)
    return run.fail(run.gnu ? "'standard input': Inappropriate ioctl for device" : 'standard input: Not a tty');
  if (run.args.length === 0 || run.args.includes('-a')) {
    const { rows, columns } = terminal.size;
    await run.print(
      `speed 38400 baud; rows ${rows}; columns ${columns}; line = 0;\n${terminal.echo ? 'echo' : '-echo'} ${terminal.mode === 'raw' ? '-icanon' : 'icanon'}\n`,
    );
    return 0;
  }
  for (let at = 0; at < run.args.length; at++) {
    const word = run.args[at]!;
    if (word === 'size') await run.print(`${terminal.size.rows} ${terminal.size.columns}\n`);
    else if (word === 'echo' || word === '-echo') terminal.echo = word === 'echo';
    else if (word === 'raw' || word === '-icanon' || word === 'cbreak') terminal.mode = 'raw';
    else if (word === '-raw' || word === 'icanon' || word === 'sane' || word === 'cooked' || word === '-cbreak') {
      terminal.mode = 'line';
      if (word === 'sane') terminal.echo = true;
    } else if ((word === 'rows' || word === 'cols' || word === 'columns') && /^\d+$/.test(run.args[at + 1] ?? '')) {
      const count = Number(run.args[++at]);
      terminal.resize(word === 'rows' ? terminal.size.columns : count, word === 'rows' ? count : terminal.size.rows);
    } else return run.fail(`invalid argument '${word}'`);
  }
  return 0;
}

export async function who(run: Run): Promise<number> {
  parseOptions(run, 'aH');
  if (!run.gnu) await run.print('USER\t\tTTY\t\tIDLE\tTIME\t\t HOST\n');
  return 0;
}

export async function mount(run: Run): Promise<number> {
  const options = parseOptions(run, 'o:t:arwvfnOT:', { types: 't', options: 'o' });
  if (options.operands.length > 0 || options.has('a')) {
    const [source = '', path = source] = options.operands;
    return run.fail(
      run.gnu
        ? `${path}: permission denied.\n       dmesg(1) may have more information after failed mount system call.`
        : 'permission denied (are you root?)',
      run.gnu ? 32 : 1,
    );
  }
  for (const { source, path, type, readOnly } of run.fs.mounts())
    await run.print(`${source} on ${path} type ${type} (${readOnly ? 'ro' : 'rw'},relatime)\n`);
  return 0;
}

export async function umount(run: Run): Promise<number> {
  const [path] = parseOptions(run, 'rlfdanO:t:D').operands;
  if (path === undefined) throw new UsageError();
  return run.fail(
    run.gnu ? `${path}: must be superuser to unmount.` : `can't unmount ${path}: Operation not permitted`,
    run.gnu ? 32 : 1,
  );
}
