import type { ClassEvent, ClassState, Role } from '../../lib/classroom';
import { evolveClass } from '../../lib/classroom';
import type { MachineEvent, MachineState } from '../../lib/machine';
import type { Announcements, MachineSnapshot } from '../../lib/protocol';
import { Layers } from '../../lib/snapshot';
import { containersOf } from '../_view';
import { Blobs } from './blobs';
import { Gather } from './gather';
import { Inbox } from './inbox';
import { contentOfSnapshot, evolveMachine, neededContent, parseMachine } from './machine-replica';
import { Store } from './store';
import type { Wire } from './wire';

export interface Me {
  readonly role: Role;
  readonly seat?: string;
  /** Own computer's id. */
  readonly machine: string;
}

/** Many computers are taken in without keeping the page for longer than this at a time. */
const sliceMs = 10;

type Draft = Parameters<Announcements['editor:drafted']>[0];
type MachineInbox = Inbox<MachineState, MachineSnapshot, MachineEvent>;

/**
 * One class in this page: a wire, and replicas of the streams that the screen watches. Life: made, `open`ed when the screen
 * is shown, `close`d when it goes. `board` also follows everybody's machines (a host's right).
 */
export class Room {
  readonly blobs: Blobs;
  readonly layers: Layers;
  readonly me = new Store<Me | undefined>(undefined);
  /** Why this class cannot be shown: a refusal's sentence and code. */
  readonly refused = new Store<{ readonly code: string; readonly message: string } | undefined>(undefined);
  /** Why this page has lost its right, once it has: a sentence. */
  /** What is written just now in the editor of the computer that one looks at. */
  readonly drafted = new Store<Draft | undefined>(undefined);
  readonly lost = new Store<string | undefined>(undefined);
  readonly classInbox: Inbox<ClassState, ClassState, ClassEvent>;
  readonly own = new Store<MachineState | undefined>(undefined);
  /** By machine id. */
  readonly board = new Store<ReadonlyMap<string, MachineState>>(new Map());
  readonly #machines = new Map<string, MachineInbox>();
  readonly #gathered = new Gather<string, MachineState>((changed) =>
    this.board.set(new Map([...this.board.get(), ...changed])),
  );

  constructor(
    readonly code: string,
    /** `guest`: another seat's computer in the place of one's own, with its student's consent. */
    readonly watches: { readonly own: boolean; readonly board: boolean; readonly guest?: string },
    readonly wire: Wire,
    /** One's own computer's id, when it is known before the class is. */
    readonly given?: string,
  ) {
    this.blobs = new Blobs(this.wire, code);
    this.layers = new Layers(this.blobs);
    this.classInbox = new Inbox({
      parse: (state: ClassState) => state,
      evolve: evolveClass,
      watch: (cursor) => this.#watchClass(cursor),
    });
    this.wire.on('class:changed', (news) => news.code === code && void this.classInbox.hear(news));
    this.wire.on('machine:changed', (news) => void this.#heard(news));
    this.wire.on('editor:drafted', (draft) => this.drafted.set(draft));
    this.wire.on('seat:lost', (news) => news.code === code && this.lost.set(this.wire.inWords(news)));
    this.wire.onOnline(() => void this.#watch());
    let shared = true;
    this.classInbox.replica.subscribe(() => {
      const { compare } = this.classInbox.replica.get()?.rules ?? { compare: true };
      // The board was closed to students and is open again: what happened in between is asked for.
      if (compare && !shared && this.watches.board) void this.#watchBoard();
      shared = compare;
    });
  }

  open(): void {
    this.wire.open();
  }

  close(): void {
    this.wire.close();
  }

  async #watch(): Promise<void> {
    const known = this.watches.own ? this.ownId : undefined;
    // Who knows whose computer it is need not wait for the class to say so.
    await Promise.all([this.classInbox.watch(), known && this.watchOwn()]);
    if (!this.me.get()) return;
    if (this.watches.own && !known) await this.watchOwn();
    if (this.watches.board) await this.#watchBoard();
  }

  /** The computer that stands in the middle of this page; nothing without one (whoever only looks on). */
  get ownId(): string | undefined {
    const { guest } = this.watches;
    const id = this.classInbox.replica.get()?.id;
    return guest ? id && `${id}.${guest}` : this.me.get()?.machine || this.given;
  }

  /** A computer with nothing on it but one container, as that was when the computer's stream ended at `version`. */
  async earlier(
    machine: string,
    container: string,
    version: number,
  ): Promise<MachineState | { readonly gone: string }> {
    const answer = await this.wire.ask('earlier:get', { code: this.code, machine, container, version });
    if (!answer.ok) return { gone: answer.message };
    await this.blobs.need(contentOfSnapshot(answer.state));
    return parseMachine(answer.state, this.layers);
  }

  /** As `earlier`, of a container that has been removed, at the last version at which it is remembered. */
  async last(
    machine: string,
    container: string,
  ): Promise<{ readonly version: number; readonly machine: MachineState } | { readonly gone: string }> {
    const answer = await this.wire.ask('earlier:last', { code: this.code, machine, container });
    if (!answer.ok) return { gone: answer.message };
    await this.blobs.need(contentOfSnapshot(answer.state));
    return { version: answer.version, machine: parseMachine(answer.state, this.layers) };
  }

  /** From the beginning or from where it stood; harmless when it may not be seen (yet). */
  async watchOwn(): Promise<void> {
    const id = this.ownId;
    if (id) await this.#machine(id).watch();
  }

  async #watchClass(cursor: number) {
    const answer = await this.wire.watch('class:watch', { code: this.code, cursor, roster: this.watches.board });
    if (!answer.ok) {
      if (answer.code !== 'unavailable') this.refused.set(answer);
      return undefined;
    }
    this.refused.set(undefined);
    this.me.set({ role: answer.as, machine: answer.machine, ...(answer.seat !== undefined && { seat: answer.seat }) });
    return answer.class;
  }

  async #watchBoard(): Promise<void> {
    const own = this.ownId;
    const cursors = Object.fromEntries(
      [...this.#machines].filter(([id]) => id !== own || !this.watches.own).map(([id, inbox]) => [id, inbox.cursor]),
    );
    const answer = await this.wire.watch('board:watch', { code: this.code, cursors });
    if (!answer.ok) return;
    let begun = performance.now();
    for (const [id, given] of Object.entries(answer.machines)) {
      if (id === own && this.watches.own) continue;
      const inbox = this.#machine(id);
      await inbox.take(given);
      // What every picture asks of it, worked out in these slices and kept: or the first drawing would do it for all at once.
      const taken = inbox.replica.get();
      if (taken) containersOf(taken);
      if (performance.now() - begun < sliceMs) continue;
      await new Promise((resolve) => setTimeout(resolve));
      begun = performance.now();
    }
  }

  async #heard(news: { machine: string; from: number; upTo: number; events: readonly MachineEvent[] }): Promise<void> {
    const known = this.#machines.get(news.machine);
    if (known) return known.hear(news);
    // A computer that was made after the board was opened.
    if (this.watches.board) return this.#machine(news.machine).watch();
  }

  #machine(id: string): MachineInbox {
    const known = this.#machines.get(id);
    if (known) return known;
    const inbox: MachineInbox = new Inbox({
      prepare: ({ snapshot, events }) =>
        this.blobs.need([...(snapshot ? contentOfSnapshot(snapshot) : []), ...events.flatMap(neededContent)]),
      parse: (snapshot) => parseMachine(snapshot, this.layers),
      evolve: (state, event) => evolveMachine(state, event, this.layers),
      watch: (cursor) => this.#watchMachine(id, cursor),
    });
    inbox.replica.subscribe(() => this.#show(id, inbox));
    this.#machines.set(id, inbox);
    return inbox;
  }

  async #watchMachine(id: string, cursor: number) {
    if (this.watches.own && id === this.ownId) {
      const answer = await this.wire.watch('machine:watch', { code: this.code, machine: id, cursor });
      return answer.ok ? answer.machine : undefined;
    }
    const answer = await this.wire.watch('board:watch', { code: this.code, cursors: { [id]: cursor }, only: [id] });
    return answer.ok ? answer.machines[id] : undefined;
  }

  #show(id: string, inbox: MachineInbox): void {
    const state = inbox.replica.get();
    if (!state) return;
    if (id === this.ownId) this.own.set(state);
    if (this.watches.board) this.#gathered.put(id, state);
  }
}
