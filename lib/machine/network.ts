/**
 * The wires between the systems of one computer: the host's loopback, Docker's bridge and user-made networks, and published
 * ports. There is no outside: an address that nobody here has is unreachable, and says so.
 *
 * Life: a `Switch` for each computer; `plug` when a system starts, `unplug` when it halts. A connection is a pair of byte
 * queues; nothing is sent in packets, nothing is lost.
 */
import { FsError } from '../fs';
import type { Connection, Listener, Network } from '../process';

export interface Interface {
  readonly name: string;
  readonly address: string;
  readonly prefix: number;
  readonly mac: string;
  /** Systems on one network reach each other. Undefined: the loopback. */
  readonly network?: string;
  /** What others on that network call this system. */
  readonly names: readonly string[];
}

export interface Published {
  readonly hostIp: string;
  readonly hostPort: number;
  readonly port: number;
}

const loopback: Interface = {
  name: 'lo',
  address: '127.0.0.1',
  prefix: 8,
  mac: '00:00:00:00:00:00',
  names: ['localhost'],
};

export class Switch {
  readonly #plugs = new Set<Plug>();

  /** `hosts` gives the text of the system's /etc/hosts as it is now. */
  plug(interfaces: readonly Interface[], hosts: () => string, published: readonly Published[] = []): Plug {
    const taken = published.find((port) => this.publisher(port.hostPort));
    if (taken) throw new FsError('EADDRINUSE', String(taken.hostPort));
    const plug = new Plug(this, [loopback, ...interfaces], hosts, published);
    this.#plugs.add(plug);
    return plug;
  }

  unplug(plug: Plug): void {
    plug.closeAll();
    this.#plugs.delete(plug);
  }

  /** The system that answers on a port of the host. */
  publisher(hostPort: number): { plug: Plug; port: number } | undefined {
    for (const plug of this.#plugs) {
      const found = plug.published.find((port) => port.hostPort === hostPort);
      if (found) return { plug, port: found.port };
    }
    return undefined;
  }

  byAddress(address: string, networks: ReadonlySet<string>): Plug | undefined {
    return [...this.#plugs].find((plug) =>
      plug.interfaces.some((own) => own.address === address && own.network !== undefined && networks.has(own.network)),
    );
  }

  byName(name: string, networks: ReadonlySet<string>): string | undefined {
    for (const plug of this.#plugs)
      for (const own of plug.interfaces)
        if (own.network !== undefined && networks.has(own.network) && own.names.includes(name)) return own.address;
    return undefined;
  }
}

/** One system's end of the wires. */
export class Plug implements Network {
  /** Most systems listen on nothing. */
  #listeners: Map<number, Door> | undefined;
  #nextPort = 40_000;
  /** The host reaches every network and answers published ports. */
  isHost = false;

  constructor(
    readonly fabric: Switch,
    public interfaces: readonly Interface[],
    readonly hosts: () => string,
    readonly published: readonly Published[],
  ) {}

  addresses() {
    return this.interfaces;
  }

  resolve(name: string): readonly string[] {
    if (/^\d+(\.\d+){3}$/.test(name)) return [name];
    const line = this.hosts()
      .split('\n')
      .map((text) => text.replace(/#.*/, '').trim().split(/\s+/))
      .find(([address, ...names]) => address && !address.includes(':') && names.includes(name));
    if (line) return [line[0]!];
    if (name === 'localhost') return ['127.0.0.1'];
    const found = this.fabric.byName(name, this.#networks());
    return found ? [found] : [];
  }

  async connect(address: string, port: number): Promise<Connection> {
    const { plug, port: target } = this.#route(address, port);
    const door = plug.#listeners?.get(target);
    if (!door) throw new FsError('ECONNREFUSED', `${address}:${port}`);
    const local = { address: this.interfaces.at(-1)!.address, port: this.#nextPort++ };
    return door.knock({ address, port }, address.startsWith('127.') ? { ...local, address: '127.0.0.1' } : local);
  }

  listen(port: number): Listener {
    const chosen = port || this.#nextPort++;
    if (this.#listeners?.has(chosen) || (this.isHost && this.fabric.publisher(chosen)))
      throw new FsError('EADDRINUSE', String(chosen));
    const listeners = (this.#listeners ??= new Map());
    const door = new Door(chosen, () => listeners.delete(chosen));
    listeners.set(chosen, door);
    return door;
  }

  listening(port: number): boolean {
    return this.#listeners?.has(port) ?? false;
  }

  closeAll(): void {
    for (const door of [...(this.#listeners?.values() ?? [])]) door.close();
  }

  #route(address: string, port: number): { plug: Plug; port: number } {
    const own =
      address.startsWith('127.') || address === '0.0.0.0' || this.interfaces.some((each) => each.address === address);
    if (own) return (this.isHost && this.fabric.publisher(port)) || { plug: this, port };
    const plug = this.fabric.byAddress(address, this.#networks());
    if (!plug) throw new FsError('EHOSTUNREACH', address);
    return plug.isHost ? (this.fabric.publisher(port) ?? { plug, port }) : { plug, port };
  }

  #networks(): ReadonlySet<string> {
    return new Set(this.interfaces.flatMap((each) => each.network ?? []));
  }
}

type End = Connection['remote'];

class Door implements Listener {
  readonly #waiting: Connection[] = [];
  #wake: (() => void)[] = [];
  #open = true;

  constructor(
    readonly port: number,
    readonly closed: () => void,
  ) {}

  knock(here: End, caller: End): Connection {
    const [near, far] = wire(caller, here);
    this.#waiting.push(far);
    for (const wake of this.#wake.splice(0)) wake();
    return near;
  }

  async accept(): Promise<Connection> {
    for (;;) {
      const next = this.#waiting.shift();
      if (next) return next;
      if (!this.#open) throw new FsError('EBADF');
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.closed();
    for (const connection of this.#waiting.splice(0)) connection.close();
    for (const wake of this.#wake.splice(0)) wake();
  }
}

const nothing = new Uint8Array(0);
/** Bytes that may be under way before a writer waits. */
const windowSize = 256 * 1024;

class Queue {
  readonly #chunks: Uint8Array[] = [];
  #size = 0;
  #ended = false;
  #wake: (() => void)[] = [];

  async read(): Promise<Uint8Array> {
    while (this.#chunks.length === 0 && !this.#ended) await this.#change();
    const chunk = this.#chunks.shift() ?? nothing;
    this.#size -= chunk.length;
    this.#changed();
    return chunk;
  }

  async write(bytes: Uint8Array): Promise<void> {
    while (this.#size >= windowSize && !this.#ended) await this.#change();
    if (this.#ended) throw new FsError('EPIPE');
    if (bytes.length === 0) return;
    this.#chunks.push(bytes.slice());
    this.#size += bytes.length;
    this.#changed();
  }

  end(): void {
    this.#ended = true;
    this.#changed();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  #changed(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}

function wire(a: End, b: End): [Connection, Connection] {
  const there = new Queue();
  const back = new Queue();
  const end = (local: End, remote: End, incoming: Queue, outgoing: Queue): Connection => ({
    local,
    remote,
    read: () => incoming.read(),
    write: (bytes) => outgoing.write(bytes),
    close: () => {
      incoming.end();
      outgoing.end();
    },
  });
  return [end(a, b, back, there), end(b, a, there, back)];
}
