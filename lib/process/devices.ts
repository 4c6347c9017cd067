/** The character devices that every system has, and what a path opens as. */
import { FsError, type OpenFlags, type Stat } from '../fs';
import { chunkSize, FileDescriptor, Held, nothing } from './descriptor';
import { claimNumbers } from './numbers';
import { Channel, endOf } from './pipe';
import type { Descriptor, Process } from './process';

class Device extends Held {
  readonly kind: 'null' | 'device';
  constructor(
    readonly name: 'null' | 'zero' | 'full' | 'random',
    readonly bytes: (process: Process, count: number) => Uint8Array,
  ) {
    super();
    this.kind = name === 'null' ? 'null' : 'device';
  }

  async read(process: Process, max = chunkSize): Promise<Uint8Array> {
    await process.tick();
    return this.bytes(process, max);
  }

  async write(process: Process): Promise<void> {
    await process.tick();
    if (this.name === 'full') throw new FsError('ENOSPC');
  }
}

const zeros = (_process: Process, count: number) => new Uint8Array(count);

/** By device number, `major * 256 + minor` (Linux, Documentation/admin-guide/devices.txt). */
const devices: Readonly<Record<number, () => Descriptor>> = {
  [256 + 3]: () => new Device('null', () => nothing),
  [256 + 5]: () => new Device('zero', zeros),
  [256 + 7]: () => new Device('full', zeros),
  [256 + 8]: () => new Device('random', (process, count) => process.system.chance.bytes(count)),
  [256 + 9]: () => new Device('random', (process, count) => process.system.chance.bytes(count)),
};

export function nullDevice(): Descriptor {
  return new Device('null', () => nothing);
}

/** /dev/tty, /dev/console, /dev/pts/0: the terminal of the process. ENXIO when it has none. */
function terminalOf(process: Process): Descriptor {
  for (const descriptor of process.descriptors.values()) if (descriptor.terminal) return descriptor.hold();
  throw new FsError('ENXIO');
}

const fifos = new WeakMap<object, Map<string, Channel>>();

async function openFifo(process: Process, stat: Stat, flags: OpenFlags): Promise<Descriptor> {
  const known = fifos.get(process.system) ?? new Map<string, Channel>();
  fifos.set(process.system, known);
  const key = `${stat.dev}:${stat.ino}`;
  const channel = known.get(key) ?? new Channel();
  known.set(key, channel);
  const side = flags.read && flags.write ? 'both' : flags.write ? 'write' : 'read';
  const end = endOf(channel, side);
  channel.changed();
  try {
    // Each side's open waits for the other side's.
    while (
      side === 'read' ? channel.writers === 0 && channel.buffer.size === 0 : side === 'write' && channel.readers === 0
    )
      await process.suspend(channel.wait);
  } catch (error) {
    end.close();
    throw error;
  }
  return end;
}

/** `/dev/stdin`, `/dev/fd/3`, `/proc/self/fd/3` name a descriptor that the process has. */
function descriptorPath(path: string): number | undefined {
  const named = ['/dev/stdin', '/dev/stdout', '/dev/stderr'].indexOf(path);
  if (named >= 0) return named;
  const match = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(path);
  return match ? Number(match[1]) : undefined;
}

/** Follows the last component's symlinks as long as they lead to a name of a descriptor (nginx: access.log → /dev/stdout). */
function ownDescriptor(process: Process, path: string): Descriptor | undefined {
  for (let at = path, hops = 0; hops < 8; hops++) {
    const number = descriptorPath(at);
    if (number !== undefined) {
      const own = process.descriptors.get(number);
      if (!own) throw new FsError('ENOENT', path);
      return own.hold();
    }
    try {
      if (process.fs.lstat(at).kind !== 'symlink') return undefined;
      at = process.fs.readlink(at);
    } catch (error) {
      if (error instanceof FsError) return undefined;
      throw error;
    }
  }
  return undefined;
}

/** Opens a path as open(2) does: files, devices, named pipes (which wait for their other side) and own descriptors. */
export async function open(process: Process, path: string, flags: OpenFlags, mode?: number): Promise<Descriptor> {
  claimNumbers(process, 1, path);
  const own = ownDescriptor(process, path);
  if (own) return own;
  const stat = process.fs.exists(path) ? process.fs.stat(path) : undefined;
  if (stat?.kind === 'char' || stat?.kind === 'fifo')
    process.fs.access(path, (flags.read ? 4 : 0) + (flags.write ? 2 : 0));
  if (stat?.kind === 'fifo') return openFifo(process, stat, flags);
  if (stat?.kind === 'char') return openDevice(process, stat, path);
  return new FileDescriptor(process.fs.open(path, flags, mode));
}

function openDevice(process: Process, stat: Stat, path: string): Descriptor {
  const major = stat.rdev >> 8;
  if (major === 5 || major === 136) return terminalOf(process);
  const make = devices[stat.rdev];
  if (!make) throw new FsError('ENXIO', path);
  return make();
}
