/** ulimit, in three shells' words: what a process may use, shown and set. */
import { errnoText, FsError } from '../../fs';
import type { Limit, Resource } from '../../process';
import type { Shell } from '../shell';

interface Kind {
  readonly letter: string;
  /** Missing: the size of a pipe, which cannot be set. */
  readonly resource?: Resource;
  /** What one is, in the resource's own measure. Default 1. bash counts blocks of 1024 bytes, the others of 512. */
  readonly unit?: number | 'block';
  readonly busybox?: string;
  readonly gnu?: readonly [text: string, unit?: string];
  readonly dash?: string;
}

const kinds: readonly Kind[] = [
  { letter: 'R', resource: 'realtimeTime', gnu: ['real-time non-blocking time', 'microseconds'] },
  {
    letter: 'c',
    resource: 'coreSize',
    unit: 'block',
    busybox: 'core file size (blocks)',
    gnu: ['core file size', 'blocks'],
  },
  { letter: 'd', resource: 'dataSize', unit: 1024, busybox: 'data seg size (kb)', gnu: ['data seg size', 'kbytes'] },
  { letter: 'e', resource: 'nice', busybox: 'scheduling priority', gnu: ['scheduling priority'] },
  { letter: 'f', resource: 'fileSize', unit: 'block', busybox: 'file size (blocks)', gnu: ['file size', 'blocks'] },
  { letter: 'i', resource: 'pendingSignals', busybox: 'pending signals', gnu: ['pending signals'] },
  {
    letter: 'l',
    resource: 'lockedMemory',
    unit: 1024,
    busybox: 'max locked memory (kb)',
    gnu: ['max locked memory', 'kbytes'],
  },
  { letter: 'm', resource: 'memory', unit: 1024, busybox: 'max memory size (kb)', gnu: ['max memory size', 'kbytes'] },
  { letter: 'n', resource: 'openFiles', busybox: 'open files', gnu: ['open files'] },
  { letter: 'p', gnu: ['pipe size', '512 bytes'] },
  {
    letter: 'q',
    resource: 'messageQueues',
    busybox: 'POSIX message queues (bytes)',
    gnu: ['POSIX message queues', 'bytes'],
  },
  { letter: 'r', resource: 'realtimePriority', busybox: 'real-time priority', gnu: ['real-time priority'] },
  { letter: 's', resource: 'stack', unit: 1024, busybox: 'stack size (kb)', gnu: ['stack size', 'kbytes'] },
  { letter: 't', resource: 'cpuTime', busybox: 'cpu time (seconds)', gnu: ['cpu time', 'seconds'] },
  { letter: 'u', resource: 'processes', busybox: 'max user processes', gnu: ['max user processes'] },
  {
    letter: 'v',
    resource: 'addressSpace',
    unit: 1024,
    busybox: 'virtual memory (kb)',
    gnu: ['virtual memory', 'kbytes'],
  },
  { letter: 'x', resource: 'fileLocks', busybox: 'file locks', gnu: ['file locks'] },
];

const dashKinds: readonly Kind[] = [
  { letter: 't', resource: 'cpuTime', dash: 'time(seconds)' },
  { letter: 'f', resource: 'fileSize', unit: 'block', dash: 'file(blocks)' },
  { letter: 'd', resource: 'dataSize', unit: 1024, dash: 'data(kbytes)' },
  { letter: 's', resource: 'stack', unit: 1024, dash: 'stack(kbytes)' },
  { letter: 'c', resource: 'coreSize', unit: 'block', dash: 'coredump(blocks)' },
  { letter: 'm', resource: 'memory', unit: 1024, dash: 'memory(kbytes)' },
  { letter: 'l', resource: 'lockedMemory', unit: 1024, dash: 'locked memory(kbytes)' },
  { letter: 'p', resource: 'processes', dash: 'process' },
  { letter: 'n', resource: 'openFiles', dash: 'nofiles' },
  { letter: 'v', resource: 'addressSpace', unit: 1024, dash: 'vmemory(kbytes)' },
  { letter: 'w', resource: 'fileLocks', dash: 'locks' },
  { letter: 'r', resource: 'realtimePriority', dash: 'rtprio' },
];

interface Request {
  readonly kind: Kind;
  readonly value?: string;
}

interface Wanted {
  readonly all: boolean;
  readonly soft: boolean;
  readonly hard: boolean;
  readonly requests: readonly Request[];
}

class Illegal {
  constructor(readonly letter: string) {}
}

/** What cannot be understood or set, in the shell's words. */
class Refusal {
  constructor(readonly words: string) {}
}

export async function ulimit(shell: Shell, args: readonly string[]): Promise<number> {
  try {
    const wanted = shell.dialect === 'dash' ? readDash(args) : read(shell, args);
    if (wanted.all)
      await shell.process.print(
        kindsOf(shell)
          .map((kind) => labelled(shell, kind, wanted))
          .join(''),
      );
    else for (const request of wanted.requests) await one(shell, request, wanted);
    return 0;
  } catch (error) {
    if (error instanceof Illegal) return illegal(shell, error.letter);
    if (!(error instanceof Refusal)) throw error;
    if (shell.dialect === 'busybox') await shell.tell(`${shell.name}: ${error.words}\n`);
    else await shell.complain(error.words, 'ulimit');
    return shell.dialect === 'dash' ? 2 : 1;
  }
}

async function illegal(shell: Shell, letter: string): Promise<number> {
  if (shell.dialect === 'busybox') {
    await shell.tell(`ulimit: invalid option -- '${letter}'\n`);
    return 1;
  }
  await shell.complain(shell.dialect === 'dash' ? `Illegal option -${letter}` : `-${letter}: invalid option`, 'ulimit');
  if (shell.dialect === 'gnu') await shell.tell('ulimit: usage: ulimit [-SHabcdefiklmnpqrstuvxPRT] [limit]\n');
  return 2;
}

function kindsOf({ dialect }: Shell): readonly Kind[] {
  return dialect === 'dash' ? dashKinds : kinds.filter((kind) => kind[dialect] !== undefined);
}

/** busybox and bash: each letter may have a value of its own, in the same word or the next. */
function read(shell: Shell, args: readonly string[]): Wanted {
  const flags = new Set<string>();
  const requests: Request[] = [];
  let at = 0;
  for (; at < args.length && /^-./.test(args[at]!) && args[at] !== '--'; at++) {
    const word = args[at]!;
    for (let letter = 1; letter < word.length; letter++) {
      if ('HSa'.includes(word[letter]!)) {
        flags.add(word[letter]!);
        continue;
      }
      const kind = kindsOf(shell).find((each) => each.letter === word[letter]);
      if (!kind) throw new Illegal(word[letter]!);
      const rest = word.slice(letter + 1);
      const next = args[at + 1];
      const value = rest || (next !== undefined && !next.startsWith('-') ? args[++at] : undefined);
      requests.push({ kind, ...(value !== undefined && { value }) });
      break;
    }
  }
  const operand = args[args[at] === '--' ? at + 1 : at];
  const fileSize = {
    kind: kinds.find(({ letter }) => letter === 'f')!,
    ...(operand !== undefined && { value: operand }),
  };
  return wantedOf(flags, requests.length > 0 ? requests : [fileSize]);
}

/** dash: the last letter counts, with the operand as its value. */
function readDash(args: readonly string[]): Wanted {
  const flags = new Set<string>();
  let kind = dashKinds.find(({ letter }) => letter === 'f')!;
  let at = 0;
  for (; at < args.length && /^-./.test(args[at]!) && args[at] !== '--'; at++)
    for (const letter of args[at]!.slice(1)) {
      const found = dashKinds.find((each) => each.letter === letter);
      if ('HSa'.includes(letter)) flags.add(letter);
      else if (found) kind = found;
      else throw new Illegal(letter);
    }
  const [value, ...more] = args.slice(args[at] === '--' ? at + 1 : at);
  if (more.length > 0 || (value !== undefined && flags.has('a'))) throw new Refusal('too many arguments');
  return wantedOf(flags, [{ kind, ...(value !== undefined && { value }) }]);
}

/** Neither flag: both limits are set, the soft one is shown. */
function wantedOf(flags: ReadonlySet<string>, requests: readonly Request[]): Wanted {
  const neither = !flags.has('H') && !flags.has('S');
  return { all: flags.has('a'), soft: neither || flags.has('S'), hard: neither || flags.has('H'), requests };
}

async function one(shell: Shell, { kind, value }: Request, wanted: Wanted): Promise<void> {
  if (value !== undefined) set(shell, kind, value, wanted);
  else if (wanted.requests.length > 1) await shell.process.print(labelled(shell, kind, wanted));
  else await shell.process.print(`${shown(shell, kind, wanted)}\n`);
}

function labelled(shell: Shell, kind: Kind, wanted: Wanted): string {
  const value = shown(shell, kind, wanted);
  if (kind.dash) return `${kind.dash.padEnd(20)} ${value}\n`;
  if (shell.dialect === 'busybox') return `${kind.busybox!.padEnd(32)}(-${kind.letter}) ${value}\n`;
  const [text, unit] = kind.gnu!;
  return `${text.padEnd(20)} ${`(${unit ? `${unit}, ` : ''}-${kind.letter}) `.padStart(20)}${value}\n`;
}

function unitOf({ dialect }: Shell, { unit = 1 }: Kind): number {
  return unit === 'block' ? (dialect === 'gnu' ? 1024 : 512) : unit;
}

function shown(shell: Shell, kind: Kind, { soft }: Wanted): string {
  if (!kind.resource) return '8';
  const limit = shell.process.limits[kind.resource];
  const value = soft ? limit.soft : limit.hard;
  return value === Number.POSITIVE_INFINITY ? 'unlimited' : String(Math.floor(value / unitOf(shell, kind)));
}

function set(shell: Shell, kind: Kind, text: string, { soft, hard }: Wanted): void {
  const now: Limit = kind.resource ? shell.process.limits[kind.resource] : { soft: 8, hard: 8 };
  const value = readValue(shell, kind, text, now);
  try {
    if (!kind.resource) throw new FsError('EINVAL');
    shell.process.limit(kind.resource, { soft: soft ? value : now.soft, hard: hard ? value : now.hard });
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    const why = errnoText[error.errno];
    if (shell.dialect === 'gnu') throw new Refusal(`${kind.gnu![0]}: cannot modify limit: ${why}`);
    throw new Refusal(shell.dialect === 'dash' ? `error setting limit (${why})` : `error setting limit: ${why}`);
  }
}

function readValue(shell: Shell, kind: Kind, text: string, now: Limit): number {
  if (text === 'unlimited') return Number.POSITIVE_INFINITY;
  if (shell.dialect === 'gnu' && (text === 'hard' || text === 'soft')) return now[text];
  if (/^\d+$/.test(text)) return Number(text) * unitOf(shell, kind);
  if (shell.dialect === 'dash') throw new Refusal('bad number');
  throw new Refusal(shell.dialect === 'gnu' ? `${text}: invalid number` : `invalid number '${text}'`);
}
