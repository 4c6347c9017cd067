import type { ClassEvent } from '../../lib/classroom';
import { below, type Chance, seeded } from '../../lib/clock';
import { MemoryContent } from '../../lib/content';
import type { ImageId } from '../../lib/image';
import { evolveMachine, layersOf, type MachineEvent, type MachineState, serialiseMachine } from '../../lib/machine';
import { eventsSeen } from '../../lib/machine/events';
import type { RequestBody } from '../../lib/protocol';
import { ClassCustody } from '../../server/classes/class-custody';
import { Announcer, type News } from '../../server/gateway/announcer';
import { WriteQueue } from '../../server/machines/write-queue';
import type { Appended, EventLog, Kept, Read } from '../../server/store/event-log';
import type { Accept, FarEnd } from './simulated-network';

/** Streams in memory that take their time; what was being written when the server ends is stored or is not. */
export class SlowLog implements EventLog {
  readonly streams = new Map<string, unknown[]>();
  /** The last of many: whatever an older server still wants to write comes too late. */
  life = 0;

  constructor(readonly chance: Chance) {}

  async append(stream: string, expected: number, events: readonly unknown[]): Promise<Appended> {
    const { life } = this;
    await this.#wait();
    if (life !== this.life) throw new Error('this server has ended');
    const known = this.streams.get(stream) ?? [];
    if (known.length !== expected) return { ok: false, version: known.length };
    this.streams.set(stream, [...known, ...structuredClone(events)]);
    await this.#wait();
    // Stored, and the server ends before it hears of it.
    if (life !== this.life) return new Promise(() => {});
    return { ok: true, version: expected + events.length };
  }

  async read<Event>(stream: string, after: number, limit = Number.MAX_SAFE_INTEGER): Promise<Read<Event>> {
    await this.#wait();
    const events = (this.streams.get(stream) ?? []).slice(after, after + limit) as Event[];
    return { upTo: after + events.length, events };
  }

  async version(stream: string): Promise<number> {
    return this.streams.get(stream)?.length ?? 0;
  }

  async keep(): Promise<void> {}

  async kept(): Promise<Kept | undefined> {
    return undefined;
  }

  #wait(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, below(this.chance, 12)));
  }
}

export const classId = 'c0ffee';
/** Of a server that has ended. */
const never = new Promise<never>(() => {});
const stream = (machine: string) => `machine/${machine}`;
const imageId = `sha256:${'0'.repeat(64)}` as ImageId;
const layers = layersOf(new MemoryContent());

/** What students see of their own computer, and of another's. */
export const views = { own: { private: true, person: false }, board: { private: false, person: false } };

export const stateOf = (events: readonly MachineEvent[]): MachineState =>
  events.reduce<MachineState | undefined>((state, event) => evolveMachine(state, event, layers), undefined)!;

/** One computer: what is typed stands on its screen, and who typed it what far. */
class Desk {
  state: MachineState;
  /** Decided, though perhaps not stored: what a second try must not decide again. */
  readonly #taken = new Map<string, number>();
  readonly queue: WriteQueue;

  constructor(
    readonly id: string,
    readonly log: SlowLog,
    told: (news: News<MachineEvent>) => void,
  ) {
    const events = (log.streams.get(stream(id)) ?? []) as MachineEvent[];
    this.state = stateOf(events);
    for (const [client, seq] of this.state.taken) this.#taken.set(client, seq);
    this.queue = new WriteQueue({
      log,
      stream: stream(id),
      onWritten: (news) => {
        for (const event of news.events) this.state = evolveMachine(this.state, event, layers);
        told(news);
      },
      onRefused: () => {},
    });
    this.queue.version = events.length;
  }

  type({ terminal, client, seq, data }: RequestBody<'terminal:type'>): Promise<void> {
    if (seq > (this.#taken.get(client) ?? 0)) {
      this.#taken.set(client, seq);
      const events: MachineEvent[] = [{ type: 'terminal:wrote', terminal, text: data }];
      // Something that the board hears of, too.
      if (seq % 2) events.push({ type: 'image:tagged', reference: `typed:${client}-${seq}`, id: imageId });
      // And something that neither its own person nor a classmate does.
      if (seq % 3 === 1) events.push({ type: 'person:stuck', line: data });
      this.queue.events([...events, { type: 'input:taken', client, seq }]);
    }
    return new Promise((resolve) => this.queue.after(resolve));
  }

  watch(cursor: number, as: keyof typeof views, joined: () => void): Promise<unknown> {
    return new Promise((resolve) =>
      this.queue.barrier((version) => {
        joined();
        const missed = ((this.log.streams.get(stream(this.id)) ?? []) as MachineEvent[]).slice(cursor, version);
        if (cursor > 0 && cursor <= version)
          resolve({ kind: 'missed', upTo: version, events: eventsSeen(missed, views[as]) });
        else resolve({ kind: 'snapshot', upTo: version, state: serialiseMachine(this.state, views[as]) });
      }),
    );
  }
}

/** A server as the gateway would have it, with its own custody of the class, write queues and announcers; it lives until `end`. */
export class SimulatedServer {
  readonly #class: ClassCustody;
  readonly #desks = new Map<string, Desk>();
  readonly #people = new Set<Person>();
  readonly #classNews = new Announcer<ClassEvent>(
    (_, news) => this.#say((one) => one.inClass, 'class:changed', { code: 'CODE42', ...news }),
    { now: Date.now },
  );
  readonly #machineNews = new Announcer<MachineEvent>(
    (machine, news) => this.#say((one) => one.machines.has(machine), 'machine:changed', { machine, ...news }),
    { now: Date.now },
  );
  readonly #boardNews = new Announcer<MachineEvent>(
    (machine, news) =>
      this.#say((one) => one.onBoard && !one.machines.has(machine), 'machine:changed', { machine, ...news }),
    { now: Date.now },
  );
  #ended = false;

  constructor(
    readonly log: SlowLog,
    seed: number,
  ) {
    this.#class = new ClassCustody({
      id: classId,
      log,
      chance: seeded(seed),
      mostSeats: 100,
      onChanged: ({ id, from, upTo, events }) => this.#classNews.push(id, { from, upTo, events }),
    });
  }

  /** Its process ends: nobody hears of anything any more, and nothing is written. */
  end(): void {
    this.#ended = true;
    this.log.life++;
    for (const news of [this.#classNews, this.#machineNews, this.#boardNews]) news.close();
  }

  get class(): ClassCustody {
    return this.#class;
  }

  readonly accept: Accept = (token, say) => {
    if (this.#ended) return undefined;
    const person = new Person(token, say);
    this.#people.add(person);
    const far: FarEnd = {
      ask: (type, body) =>
        this.#answer(person, type, body as never).then(
          (answer) => (this.#ended ? never : answer),
          () => never,
        ),
      gone: () => void this.#people.delete(person),
    };
    return far;
  };

  async #answer(person: Person, type: string, body: Asked): Promise<unknown> {
    switch (type) {
      case 'class:watch': {
        const { caught } = await this.#class.catchUp(body.cursor);
        this.#classNews.flush(classId);
        person.inClass = true;
        return { ok: true, as: 'seat', machine: person.machine, class: caught };
      }
      case 'machine:watch': {
        const machine = body.machine;
        const given = await this.#desk(machine).watch(body.cursor, 'own', () => {
          this.#machineNews.flush(machine);
          this.#boardNews.flush(machine);
          person.machines.add(machine);
        });
        return { ok: true, machine: given };
      }
      case 'board:watch': {
        person.onBoard = true;
        const ids = body.only ?? this.machineIds;
        const given = ids.map(
          async (id) =>
            [id, await this.#desk(id).watch(body.cursors[id] ?? 0, 'board', () => this.#boardNews.flush(id))] as const,
        );
        return { ok: true, machines: Object.fromEntries(await Promise.all(given)) };
      }
      case 'terminal:type':
        await this.#desk(body.machine).type(body as never);
        return { ok: true };
      default:
        return { ok: false, code: 'invalid', message: type };
    }
  }

  get machineIds(): string[] {
    return [...this.log.streams.keys()]
      .filter((one) => one.startsWith('machine/'))
      .map((one) => one.slice('machine/'.length));
  }

  #desk(id: string): Desk {
    const known = this.#desks.get(id);
    if (known) return known;
    const desk = new Desk(id, this.log, (news) => {
      this.#machineNews.push(id, { ...news, events: eventsSeen(news.events, views.own) });
      this.#boardNews.push(id, { ...news, events: eventsSeen(news.events, views.board) });
    });
    this.#desks.set(id, desk);
    return desk;
  }

  #say(to: (person: Person) => boolean, type: string, news: unknown): void {
    if (!this.#ended) for (const person of this.#people) if (to(person)) person.say(type, news);
  }
}

/** Of all requests that pages make here, together. */
interface Asked {
  readonly cursor: number;
  readonly machine: string;
  readonly cursors: Readonly<Record<string, number>>;
  readonly only?: readonly string[];
}

class Person {
  inClass = false;
  onBoard = false;
  readonly machines = new Set<string>();
  constructor(
    readonly machine: string,
    readonly say: (type: string, news: unknown) => void,
  ) {}
}
