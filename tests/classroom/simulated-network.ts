import { below, type Chance } from '../../lib/clock';

/** How bad the network is: shares of a hundred, and milliseconds. */
export interface Weather {
  /** Of announcements that get lost or come twice. */
  readonly lost: number;
  readonly twice: number;
  /** Announcements overtake one another. */
  readonly reorders: boolean;
  readonly mostDelayMs: number;
  /** How long a connection lasts at most. */
  readonly mostUpMs: number;
}

type Listener = (...args: never[]) => void;

/** What a connection's far end does with what comes, and how it says something unasked. */
export interface FarEnd {
  ask(type: string, body: unknown): Promise<unknown>;
  gone(): void;
}

export type Accept = (token: string, say: (type: string, news: unknown) => void) => FarEnd | undefined;

/**
 * The network between pages and a server, with a client's socket that behaves as socket.io's: requests and answers of one
 * connection keep their order or are lost with it; whoever asks while the line is down waits for it; whoever waits when it goes
 * down is told so. Announcements are treated worse than TCP would.
 */
export class SimulatedNetwork {
  calm = false;
  #sockets = new Set<SimulatedSocket>();

  constructor(
    readonly chance: Chance,
    readonly weather: Weather,
    readonly accept: Accept,
  ) {}

  readonly connect = (token: string): SimulatedSocket => {
    const socket = new SimulatedSocket(this, token);
    this.#sockets.add(socket);
    return socket;
  };

  /** All lines go down at once, as when the server's process ends. */
  cutAll(): void {
    for (const socket of this.#sockets) socket.cut();
  }

  get delay(): number {
    return this.calm ? 1 : below(this.chance, this.weather.mostDelayMs);
  }

  happens(percent: number): boolean {
    return !this.calm && below(this.chance, 100) < percent;
  }
}

interface Waiting {
  readonly type: string;
  readonly body: unknown;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class SimulatedSocket {
  connected = false;
  /** It comes back by itself. */
  active = false;
  #line = 0;
  #far: FarEnd | undefined;
  #listeners = new Map<string, Listener[]>();
  #buffer: Waiting[] = [];
  #flying = new Set<Waiting>();
  /** When the last thing of each direction arrives: what comes later does not arrive before. */
  #last = { up: 0, down: 0 };

  constructor(
    readonly network: SimulatedNetwork,
    readonly token: string,
  ) {}

  on(type: string, listener: Listener): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  connect(): void {
    if (this.connected || this.active) return;
    this.active = true;
    setTimeout(() => this.#up(), this.network.delay);
  }

  disconnect(): void {
    this.active = false;
    this.#down();
  }

  /** The line breaks; the page comes back in a while. */
  cut(): void {
    if (!this.connected) return;
    this.#down();
    setTimeout(() => this.#up(), 10 + this.network.delay * 3);
  }

  timeout(ms: number) {
    return {
      emitWithAck: (type: string, body: unknown): Promise<unknown> =>
        new Promise((resolve, reject) => {
          const waiting: Waiting = { type, body: structuredClone(body), resolve, reject };
          setTimeout(() => {
            this.#buffer = this.#buffer.filter((other) => other !== waiting);
            this.#flying.delete(waiting);
            reject(new Error('operation has timed out'));
          }, ms);
          if (this.connected) this.#send(waiting);
          else this.#buffer.push(waiting);
        }),
    };
  }

  #up(): void {
    if (!this.active || this.connected) return;
    const line = ++this.#line;
    this.#far = this.network.accept(this.token, (type, news) => this.#announced(line, type, structuredClone(news)));
    // Nobody there: the server is starting.
    if (!this.#far) return void setTimeout(() => this.#up(), 50);
    this.connected = true;
    this.#last = { up: 0, down: 0 };
    for (const waiting of this.#buffer.splice(0)) this.#send(waiting);
    this.#tell('connect');
    if (!this.network.calm)
      setTimeout(
        () => line === this.#line && !this.network.calm && this.cut(),
        20 + below(this.network.chance, this.network.weather.mostUpMs),
      );
  }

  #down(): void {
    if (!this.connected) return;
    this.connected = false;
    this.#line++;
    this.#far?.gone();
    for (const { reject } of this.#flying) reject(new Error('socket has been disconnected'));
    this.#flying.clear();
    this.#tell('disconnect');
  }

  #send(waiting: Waiting): void {
    const line = this.#line;
    this.#flying.add(waiting);
    this.#inOrder('up', line, async () => {
      const answer = structuredClone(await this.#far!.ask(waiting.type, waiting.body));
      if (line !== this.#line) return;
      this.#inOrder('down', line, () => {
        if (this.#flying.delete(waiting)) waiting.resolve(answer);
      });
    });
  }

  #inOrder(way: 'up' | 'down', line: number, arrive: () => void): void {
    const at = Math.max(this.#last[way], Date.now() + this.network.delay);
    this.#last[way] = at;
    setTimeout(() => line === this.#line && arrive(), at - Date.now());
  }

  #announced(line: number, type: string, news: unknown): void {
    const { network } = this;
    if (line !== this.#line || network.happens(network.weather.lost)) return;
    const tell = () => this.#tell(type, structuredClone(news));
    for (let times = network.happens(network.weather.twice) ? 2 : 1; times > 0; times--)
      if (network.weather.reorders && !network.calm) setTimeout(() => line === this.#line && tell(), network.delay);
      else this.#inOrder('down', line, tell);
  }

  #tell(type: string, ...args: unknown[]): void {
    for (const listener of this.#listeners.get(type) ?? []) (listener as (...args: unknown[]) => void)(...args);
  }
}
