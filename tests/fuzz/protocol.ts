import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { below, type Chance, seeded } from '../../lib/clock';
import { failureCodes } from '../../lib/errors';
import { Seat } from '../bench/support/seat';
import { type Client, type ConnectOptions, connect, hostCookie } from '../support/client';
import { isWellFormed, type Message, pick, spoilt, type Target, wellFormed } from './spoilt';

export interface FuzzOptions {
  readonly url: string;
  readonly secret: string;
  readonly messages: number;
  readonly seed: number;
  /** Also measure what a flood costs a neighbour. */
  readonly flood?: boolean;
}

export interface FuzzReport {
  readonly messages: number;
  /** What changed in the class or on its computers, though nobody who may had asked for it: names of parts. */
  readonly effects: readonly string[];
  /** How often each answer came: `ok`, the codes, `none` where none was asked for or the line was cut. */
  readonly answers: Readonly<Record<string, number>>;
  /** Answers that are neither good nor of the closed set. */
  readonly unknown: readonly string[];
  /** A request that asked for an answer and got none while its line stood. */
  readonly unanswered: number;
  readonly connections: number;
  /** Connections that ended with what is no message of ours at all, or one that is too large. */
  readonly spoiltLines: number;
  /** A neighbour's line, from typing to its acknowledgement: milliseconds alone, beside a flood, and the ratios. */
  readonly flood?: { readonly idleP50Ms: number; readonly p50Ratio: number; readonly p99Ratio: number };
}

/** A connection's first requests pass its limits: so many are sent on each, so that they reach what lies behind. */
const perConnection = 70;

/**
 * Random, malformed, oversized, out-of-order, replayed and forged messages, from people of every kind, at a class that is locked
 * and at rest. Those who have no right there send anything; those who have send only what they may not.
 */
export async function fuzzProtocol(options: FuzzOptions): Promise<FuzzReport> {
  const { url, secret, messages, seed } = options;
  const chance = seeded(seed);
  const scene = await Scene.set(url, secret);
  const before = await scene.digests();
  const tally = new Tally();
  for (let sent = 0; sent < messages; ) {
    const attacker = pick(chance, scene.attackers);
    const count = Math.min(perConnection, messages - sent);
    await attack(url, attacker, chance, scene, count, tally);
    sent += count;
  }
  const after = await scene.digests();
  const effects = Object.keys({ ...before, ...after }).filter((part) => before[part] !== after[part]);
  const flood = options.flood ? await floodBeside(url, scene) : undefined;
  scene.close();
  return { messages, effects, ...tally.report(), ...(flood && { flood }) };
}

interface Attacker {
  readonly name: string;
  /** Who they may come as: one person alone would soon be told to wait. */
  readonly options: readonly ConnectOptions[];
  /** Whether this may be sent without anything being allowed to come of it. */
  readonly harmless: (message: Message, target: Target) => boolean;
}

const many = <T>(make: (n: number) => T): T[] => Array.from({ length: 24 }, (_, n) => make(n));

async function seatOf(url: string, code: string, name: string): Promise<ConnectOptions> {
  const client = await connect(url);
  const { token } = await client.get('seat:take', { code, name });
  client.close();
  return { token };
}

/** A class at rest: two students with terminals, one of them in a container; beside it another class. */
class Scene {
  attackers: readonly Attacker[] = [];
  private constructor(
    readonly host: Client,
    readonly ana: Seat,
    readonly ben: Seat,
    readonly target: Target,
  ) {}

  static async set(url: string, secret: string): Promise<Scene> {
    const cookie = await hostCookie(secret, 'github:ours');
    const host = await connect(url, { cookie });
    const { code } = await host.get('class:open', { title: 'Ours' });
    const dockerfile = 'FROM busybox\nCOPY motd /etc/motd\nCMD ["sh"]\n';
    const files = [{ path: 'motd', text: 'welcome\n' }];
    const { image } = await host.get('image:build', { code, reference: 'motd:1.0', dockerfile, files });
    await host.get('image:publish', { code, reference: 'motd:1.0' });
    const [ana, ben, gone] = [
      await Seat.join(url, code, 1),
      await Seat.join(url, code, 2),
      await Seat.join(url, code, 3),
    ];
    await ana.line('docker run -it --name web motd:1.0 sh');
    await ana.line('echo kept > /root/kept');
    const { token: view } = await host.get('link:make', { code, kind: 'view' });
    await host.get('seat:remove', { code, seat: gone.id });
    const bens = await Promise.all(many((n) => seatOf(url, code, `Ben ${n}`)));
    const { token: teach } = await host.get('link:make', { code, kind: 'host' });
    const cookies = await Promise.all(many((n) => hostCookie(secret, `github:ours${n}`)));
    for (const one of cookies) (await connect(url, { cookie: one, token: teach })).close();
    await host.get('class:lock', { code, locked: true });
    const target: Target = {
      code,
      id: ana.machine.slice(0, ana.machine.lastIndexOf('.')),
      machines: [ana.machine, `${ana.machine.slice(0, ana.machine.lastIndexOf('.'))}.host`],
      seats: [ana.id, 'host', gone.id],
      digest: image.manifestDigest,
    };
    const scene = new Scene(host, ana, ben, target);
    const theirCookies = await Promise.all(many((n) => hostCookie(secret, `github:theirs${n}`)));
    const other = await connect(url, { cookie: theirCookies[0] });
    const theirs = await other.get('class:open', { title: 'Theirs' });
    const eves = await Promise.all(many((n) => seatOf(url, theirs.code, `Eve ${n}`)));
    other.close();
    gone.client.close();
    const anything = () => true;
    const spoiltOnly = (message: Message) => !isWellFormed(message);
    scene.attackers = [
      { name: 'a stranger', options: [{}], harmless: anything },
      // A host may open classes without end: not what is asked here.
      {
        name: 'a host of another class',
        options: theirCookies.map((one) => ({ cookie: one })),
        harmless: ({ type }) => type !== 'class:open',
      },
      { name: 'a seat of another class', options: eves, harmless: anything },
      { name: 'a viewer', options: [{ token: view }], harmless: anything },
      { name: 'a student, at others', options: [{ token: ben.token }, ...bens], harmless: mayNotFromSeat },
      { name: 'its host, malformed', options: cookies.map((one) => ({ cookie: one })), harmless: spoiltOnly },
    ];
    return scene;
  }

  /** Of everything that the class is, by part. */
  async digests(): Promise<Record<string, string>> {
    const { code } = this.target;
    const { upTo: _, ...whole } = (await this.host.get('class:watch', { code, cursor: 0 })).class as unknown as Record<
      string,
      unknown
    >;
    const board = (await this.host.get('board:watch', { code, cursors: {} })).machines;
    const own = [this.ana, this.ben].map(async ({ client, machine }) => [
      `${machine} (own)`,
      digest((await client.get('machine:watch', { code, machine, cursor: 0 })).machine),
    ]);
    const machines = Object.entries(board).map(([id, state]) => [id, digest(state)]);
    return Object.fromEntries([['class', digest(whole)], ...machines, ...(await Promise.all(own))]);
  }

  close(): void {
    for (const client of [this.host, this.ana.client, this.ben.client]) client.close();
  }
}

/** What no seat may do, whatever it is called by: the host's part, and everything at another's seat or computer. */
const hostOnly = new Set([
  'class:end',
  'class:lock',
  'class:freeze',
  'image:build',
  'image:stop',
  'image:publish',
  'rules:set',
  'link:make',
  'links:revoke',
  'seat:remove',
  'spotlight:move',
  'look:ask',
  'round:open',
  'round:reveal',
  'round:close',
  'everyone:run',
  'everyone:give',
]);

function mayNotFromSeat(message: Message): boolean {
  if (!isWellFormed(message) || hostOnly.has(message.type)) return true;
  const { machine, seat } = message.body as { machine?: unknown; seat?: unknown };
  // The target's machines and seats are never this student's own.
  return machine !== undefined || (seat !== undefined && message.type !== 'seat:take');
}

const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

async function attack(
  url: string,
  attacker: Attacker,
  chance: Chance,
  scene: Scene,
  count: number,
  tally: Tally,
): Promise<void> {
  const client = await connect(url, pick(chance, attacker.options));
  client.socket.offAny();
  tally.connections++;
  const history: Message[] = [];
  const asked: Promise<void>[] = [];
  for (let at = 0; at < count; at++) {
    const message = next(chance, scene.target, attacker, history);
    history.push(message);
    asked.push(tally.note(send(client, chance, message)));
  }
  await Promise.all(asked);
  if (below(chance, 4) === 0) await spoilLine(client, chance, tally);
  client.close();
}

/** What is no message at all, or is one that is larger than any: the server cuts the line, and that is all. */
async function spoilLine({ socket }: Client, chance: Chance, tally: Tally): Promise<void> {
  const cut = new Promise((resolve) => socket.once('disconnect', resolve));
  if (!socket.connected) return;
  if (below(chance, 8) === 0 && tally.oversized++ < 20)
    socket.emit('image:check', { dockerfile: 'A'.repeat(4_300_000) });
  else (socket.io.engine as unknown as { write(text: string): void }).write(pick(chance, noPackets));
  tally.spoiltLines++;
  await Promise.race([cut, new Promise((resolve) => setTimeout(resolve, 1000))]);
}

const noPackets = [
  '9',
  '2[',
  '2["a"',
  '2{"a":1}',
  '2["connect"]',
  '2/evil,["x"]',
  '{}',
  '51-["class:open",{"_placeholder":true,"num":9}]',
  '59999999999999-["class:open"]',
  '31[{"ok":true}]',
  '\u0000',
];

/** A fresh one, a spoilt one, or one from before once more. */
function next(chance: Chance, target: Target, attacker: Attacker, history: readonly Message[]): Message {
  for (let tries = 0; tries < 50; tries++) {
    const good = history.length && below(chance, 5) === 0 ? pick(chance, history) : wellFormed(chance, target);
    const message = below(chance, 3) === 0 ? good : spoilt(chance, good);
    if (attacker.harmless(message, target)) return message;
  }
  return { type: 'no:such', body: null };
}

type Sent = 'none' | 'cut' | 'silence' | { readonly answer: unknown };

async function send(client: Client, chance: Chance, { type, body }: Message): Promise<Sent> {
  const { socket } = client;
  const how = below(chance, 400);
  if (how < 4) {
    // Without asking for an answer, or with more than one body.
    if (how < 2) socket.emit(type || 'x', body);
    else socket.emit(type || 'x', body, body, 1);
    return 'none';
  }
  const lost = new Promise<'cut'>((resolve) => socket.once('disconnect', () => resolve('cut')));
  if (!socket.connected) return 'cut';
  const answered = client
    .say(type, body, 30_000)
    .then((answer): Sent => (answer === undefined ? 'silence' : { answer }));
  return Promise.race([answered, lost]);
}

class Tally {
  connections = 0;
  spoiltLines = 0;
  oversized = 0;
  readonly #answers: Record<string, number> = {};
  readonly #unknown: string[] = [];
  #unanswered = 0;

  async note(sent: Promise<Sent>): Promise<void> {
    const what = await sent;
    if (what === 'silence') this.#unanswered++;
    else this.#count(typeof what === 'string' ? 'none' : this.#name(what.answer));
  }

  report() {
    const { connections, spoiltLines } = this;
    return {
      answers: this.#answers,
      unknown: this.#unknown.slice(0, 10),
      unanswered: this.#unanswered,
      connections,
      spoiltLines,
    };
  }

  #count(name: string): void {
    this.#answers[name] = (this.#answers[name] ?? 0) + 1;
  }

  #name(answer: unknown): string {
    const { ok, code, message } = answer as { ok?: unknown; code?: unknown; message?: unknown };
    if (ok === true) return 'ok';
    if (ok === false && (failureCodes as readonly unknown[]).includes(code) && typeof message === 'string')
      return String(code);
    this.#unknown.push(JSON.stringify(answer).slice(0, 200));
    return 'unknown';
  }
}

async function floodBeside(url: string, { ben, target }: Scene): Promise<FuzzReport['flood']> {
  const lines = async (count: number) => {
    const times: number[] = [];
    for (let n = 0; n < count; n++) {
      const at = performance.now();
      await ben.type(`echo ${n}\r`);
      times.push(performance.now() - at);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    return times.sort((a, b) => a - b);
  };
  await lines(20);
  const idle = await lines(100);
  const flooding = new Worker(new URL('./flood.mjs', import.meta.url), {
    workerData: { url, code: target.code, machine: target.machines[0] },
  });
  await new Promise((resolve) => flooding.once('message', resolve));
  const beside = await lines(100);
  await flooding.terminate();
  const ratio = (share: number) =>
    Math.round((beside[Math.floor(100 * share)]! / idle[Math.floor(100 * share)]!) * 100) / 100;
  return { idleP50Ms: Math.round(idle[50]! * 100) / 100, p50Ratio: ratio(0.5), p99Ratio: ratio(0.99) };
}
