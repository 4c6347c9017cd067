/** dd, cmp, truncate, install, mkfifo, mknod. */
import { FsError } from '../../fs';
import { type Descriptor, open } from '../../process';
import { groupId, userId } from '../accounts';
import { parseMode } from '../mode';
import { Complaint, parseOptions, UsageError } from '../options';
import type { Run } from '../run';
import { parseSize } from '../sizes';
import { Copier, destinationOf, isDirectory } from './copy';
import { makeAll } from './directories';

export async function dd(run: Run): Promise<number> {
  const settings = new Map<string, string>();
  for (const word of run.args) {
    const [, key = '', value = ''] = /^(\w+)=(.*)$/.exec(word) ?? [];
    if (!['if', 'of', 'bs', 'ibs', 'obs', 'count', 'skip', 'seek', 'conv', 'status', 'iflag', 'oflag'].includes(key))
      throw new UsageError(run.gnu ? `unrecognized operand '${word}'` : '');
    settings.set(key, value);
  }
  const number = (key: string, otherwise: number) => {
    const text = settings.get(key);
    const value = text === undefined ? otherwise : parseSize(text);
    if (value === undefined) throw new Complaint(run.gnu ? `invalid number: '${text}'` : `invalid number '${text}'`);
    return value;
  };
  return new BlockCopy(run, settings, number).run();
}

class BlockCopy {
  readonly size: number;
  readonly outputSize: number;
  full = 0;
  part = 0;
  fullOut = 0;
  partOut = 0;
  bytes = 0;

  constructor(
    readonly io: Run,
    readonly settings: ReadonlyMap<string, string>,
    readonly number: (key: string, otherwise: number) => number,
  ) {
    this.size = number('bs', number('ibs', 512));
    this.outputSize = number('bs', number('obs', 512));
    if (this.size === 0 || this.size > 64 * 1024 * 1024)
      throw new Complaint(
        this.size > 0
          ? 'out of memory'
          : io.gnu
            ? "invalid number: '0'"
            : 'number 0 is not in 1..9223372036854775807 range',
      );
  }

  async run(): Promise<number> {
    const { io, settings } = this;
    const started = io.process.system.clock.now();
    const conv = (settings.get('conv') ?? '').split(',');
    const seek = this.number('seek', 0);
    const input = await this.open('if', { read: true });
    if (typeof input === 'number') return input;
    const output = await this.open('of', {
      write: true,
      create: true,
      truncate: !conv.includes('notrunc') && seek === 0,
      append: (settings.get('oflag') ?? '').includes('append'),
    });
    if (typeof output === 'number') return output;
    let exitCode = 0;
    try {
      if (seek > 0 && output.file) {
        if (!conv.includes('notrunc')) output.file.truncate(seek * this.outputSize);
        output.file.seek(seek * this.outputSize, 'set');
      }
      await this.copy(input, output, conv.includes('sync'));
    } catch (error) {
      exitCode = await io.fail(
        io.gnu
          ? `error writing '${settings.get('of') ?? 'standard output'}': ${io.say(error)}`
          : `error writing '${settings.get('of') ?? 'standard output'}': ${io.say(error)}`,
      );
    } finally {
      input.close();
      output.close();
    }
    if (settings.get('status') !== 'none') await this.report(Number(io.process.system.clock.now() - started) / 1e9);
    return exitCode;
  }

  async open(key: 'if' | 'of', flags: Parameters<typeof open>[2]): Promise<Descriptor | number> {
    const path = this.settings.get(key);
    if (path === undefined) return (key === 'if' ? this.io.process.stdin : this.io.process.stdout).hold();
    try {
      return await open(this.io.process, path, flags, 0o666 & ~this.io.process.umask);
    } catch (error) {
      return this.io.failed(this.io.gnu ? `failed to open '${path}'` : `can't open '${path}'`, error);
    }
  }

  async copy(input: Descriptor, output: Descriptor, padded: boolean): Promise<void> {
    const count = this.settings.has('count') ? this.number('count', 0) : Number.POSITIVE_INFINITY;
    for (let skip = this.number('skip', 0); skip > 0; skip--)
      if ((await input.read(this.io.process, this.size)).length === 0) break;
    for (let block = 0; block < count; block++) {
      const read = await input.read(this.io.process, this.size);
      if (read.length === 0) return;
      if (read.length === this.size) this.full++;
      else this.part++;
      const bytes = padded && read.length < this.size ? pad(read, this.size) : read;
      await output.write(this.io.process, bytes);
      if (bytes.length === this.size) this.fullOut++;
      else this.partOut++;
      this.bytes += bytes.length;
    }
  }

  async report(seconds: number): Promise<void> {
    const records = `${this.full}+${this.part} records in\n${this.fullOut}+${this.partOut} records out\n`;
    if (!this.io.gnu || this.settings.get('status') === 'noxfer') return this.io.complain(records);
    const rate = this.bytes / Math.max(seconds, 1e-6);
    const words = (value: number) =>
      value >= 1e9
        ? `${(value / 1e9).toFixed(1)} GB`
        : value >= 1e6
          ? `${(value / 1e6).toFixed(1)} MB`
          : `${(value / 1e3).toFixed(1)} kB`;
    const size = this.bytes >= 1000 ? ` (${words(this.bytes)})` : '';
    await this.io.complain(
      `${records}${this.bytes} bytes${size} copied, ${seconds.toPrecision(6).replace(/\.?0+$/, '')} s, ${words(rate)}/s\n`,
    );
  }
}

function pad(bytes: Uint8Array, size: number): Uint8Array {
  const whole = new Uint8Array(size);
  whole.set(bytes);
  return whole;
}

export async function cmp(run: Run): Promise<number> {
  const options = parseOptions(run, 'lsbn:i:', { silent: 's', quiet: 's', verbose: 'l', bytes: 'n' });
  const [first, second = '-'] = options.operands;
  if (first === undefined) throw new UsageError(run.gnu ? "missing operand after 'cmp'" : '');
  const sides: Uint8Array[] = [];
  for (const path of [first, second]) {
    try {
      sides.push(await run.readAll(path));
    } catch (error) {
      return options.has('s') ? 2 : run.failed(path, error, 2);
    }
  }
  const [a, b] = sides as [Uint8Array, Uint8Array];
  const length = Math.min(a.length, b.length, Number(options.value('n') ?? Number.POSITIVE_INFINITY));
  let line = 1;
  let differs = false;
  for (let at = 0; at < length; at++) {
    if (a[at] !== b[at]) {
      if (options.has('s')) return 1;
      if (!options.has('l')) {
        await run.print(`${first} ${second} differ: ${run.gnu ? 'char' : 'byte'} ${at + 1}, line ${line}\n`);
        return 1;
      }
      differs = true;
      await run.print(`${at + 1} ${a[at]!.toString(8).padStart(3)} ${b[at]!.toString(8).padStart(3)}\n`);
    }
    if (a[at] === 10) line++;
  }
  if (a.length === b.length || length === Number(options.value('n'))) return differs ? 1 : 0;
  const short = a.length < b.length ? first : second;
  if (!options.has('s'))
    await run.fail(
      run.gnu
        ? length === 0
          ? `EOF on ${short} which is empty`
          : `EOF on ${short} after byte ${length}${options.has('l') ? '' : `, line ${Math.max(1, line - 1)}`}`
        : `EOF on ${short}`,
    );
  return 1;
}

export async function truncate(run: Run): Promise<number> {
  const options = parseOptions(run, 'cs:r:o', { 'no-create': 'c', size: 's', reference: 'r' });
  const text = options.value('s');
  if (text === undefined && !options.has('r'))
    throw new UsageError(run.gnu ? "you must specify either '--size' or '--reference'" : '');
  if (options.operands.length === 0) throw new UsageError(run.gnu ? 'missing file operand' : '');
  const sign = run.gnu ? (/^[-+<>/%]/.exec(text ?? '')?.[0] ?? '') : '';
  const size = options.has('r') ? run.fs.stat(options.value('r')!).size : parseSize(text!.slice(sign.length));
  if (size === undefined) return run.fail(run.gnu ? `Invalid number: '${text}'` : `invalid number '${text}'`);
  let exitCode = 0;
  for (const path of options.operands) {
    try {
      if (!run.fs.exists(path)) {
        if (options.has('c')) continue;
        await run.writeFile(path, new Uint8Array(0));
      }
      const before = run.fs.stat(path).size;
      const after =
        {
          '+': before + size,
          '-': Math.max(0, before - size),
          '<': Math.min(before, size),
          '>': Math.max(before, size),
        }[sign] ?? size;
      run.fs.truncate(path, after);
    } catch (error) {
      exitCode = await run.failed(run.gnu ? `cannot open '${path}' for writing` : `${path}: open`, error);
    }
  }
  return exitCode;
}

export async function install(run: Run): Promise<number> {
  const options = parseOptions(run, 'cdDspvo:g:m:t:T', {
    directory: 'd',
    mode: 'm',
    owner: 'o',
    group: 'g',
    'target-directory': 't',
    verbose: 'v',
    'preserve-timestamps': 'p',
    strip: 's',
  });
  const words = [...options.operands];
  const change = parseMode(options.value('m') ?? '755');
  if (!change)
    return run.fail(run.gnu ? `invalid mode '${options.value('m')}'` : `invalid mode '${options.value('m')}'`);
  const mode = change(0, options.has('d'), 0);
  const uid = options.has('o') ? userId(run.fs, options.value('o')!) : -1;
  const gid = options.has('g') ? groupId(run.fs, options.value('g')!) : -1;
  if (uid === undefined || gid === undefined)
    return run.fail(uid === undefined ? `unknown user ${options.value('o')}` : `unknown group ${options.value('g')}`);
  if (options.has('d')) {
    if (words.length === 0) throw new UsageError(run.gnu ? 'missing file operand' : '');
    for (const path of words) {
      makeAll(run, path);
      run.fs.chmod(path, mode);
      run.fs.chown(path, uid, gid);
    }
    return 0;
  }
  const target = options.value('t') ?? (words.length > 1 ? words.pop()! : undefined);
  if (target === undefined)
    throw new UsageError(
      run.gnu
        ? words.length === 0
          ? 'missing file operand'
          : `missing destination file operand after '${words[0]}'`
        : '',
    );
  const into = options.has('t') || isDirectory(run, target);
  const copier = new Copier(run, {
    recursive: false,
    preserve: options.has('p'),
    follow: 'all',
    force: true,
    interactive: false,
    keep: false,
    update: false,
    link: undefined,
    verbose: options.has('v'),
    mode,
  });
  for (const source of words) {
    const path = destinationOf(source, target, into);
    if (options.has('D')) makeAll(run, path.replace(/\/[^/]*$/, '') || '/');
    await copier.copy(source, path);
    if (copier.exitCode === 0 && (uid >= 0 || gid >= 0)) run.fs.chown(path, uid, gid);
  }
  return copier.exitCode;
}

export async function mkfifo(run: Run): Promise<number> {
  const options = parseOptions(run, 'm:', { mode: 'm' });
  if (options.operands.length === 0) throw new UsageError(run.gnu ? 'missing operand' : '');
  const mode = parseMode(options.value('m') ?? '666')?.(0, false, 0) ?? 0o666;
  let exitCode = 0;
  for (const path of options.operands) {
    try {
      run.fs.mknod(path, 'fifo', options.has('m') ? mode : mode & ~run.process.umask);
    } catch (error) {
      exitCode = await run.failed(run.gnu ? `cannot create fifo '${path}'` : path, error);
    }
  }
  return exitCode;
}

export async function mknod(run: Run): Promise<number> {
  const options = parseOptions(run, 'm:', { mode: 'm' });
  const [path, type, major, minor] = options.operands;
  const kind = { p: 'fifo', c: 'char', u: 'char', b: 'block' }[type ?? ''] as 'fifo' | 'char' | 'block' | undefined;
  if (path === undefined || kind === undefined || (kind !== 'fifo' && minor === undefined))
    throw new UsageError(run.gnu ? 'missing operand' : '');
  const mode = parseMode(options.value('m') ?? '666')?.(0, false, 0) ?? 0o666;
  try {
    run.fs.mknod(
      path,
      kind,
      options.has('m') ? mode : mode & ~run.process.umask,
      kind === 'fifo' ? 0 : Number(major) * 256 + Number(minor),
    );
    return 0;
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    return run.failed(path, error);
  }
}
