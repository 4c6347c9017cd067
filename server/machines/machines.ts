import { refused } from '../../lib/errors';
import type {
  MachineCommand,
  MachineEvent,
  MachineView,
  Outcome,
  PublishedImage,
  ScreenEvent,
  ScreenState,
} from '../../lib/machine';
import { eventsSeen, wholeMachine } from '../../lib/machine/events';
import { screenEvents } from '../../lib/machine/screen';
import type { Catch, EarlierPoint, MachineSnapshot } from '../../lib/protocol';
import type { Store } from '../store';
import { Custody, type CustodyOptions, refusalOf } from './custody';
import type { BesideCommand, Content, Last, LookedBack, Question } from './messages';
import type { Packed } from './pack-container';
import { type Thread, WorkerPool } from './worker-pool';

export interface MachinesOptions {
  readonly store: Store;
  /** Threads. */
  readonly workers: number;
  /** Other nodes write to this store too. */
  readonly shared?: boolean;
  readonly hangMs?: number;
  /** After this long a command that has not answered is given up. */
  readonly commandMs?: number;
  /** A machine that nobody has used for so long leaves the memory. */
  readonly idleMs?: number;
  readonly thread?: { readonly name: string; readonly here: string };
}

export interface MachineChange {
  readonly machine: string;
  readonly from: number;
  readonly upTo: number;
  readonly events: readonly MachineEvent[];
}

/** More missed events than this are answered with the state: it is smaller. */
const mostMissed = 1000;

/**
 * Custody of every machine stream: who runs where, in what order, and what is stored before anyone is told. The machines
 * themselves live in threads; here is no simulation.
 */
export class Machines {
  readonly #custodies = new Map<string, Custody>();
  readonly #pool: WorkerPool;
  readonly #listeners: ((change: MachineChange) => void)[] = [];
  readonly #custodyOptions: CustodyOptions;
  readonly #sweep: NodeJS.Timeout;
  #watched: (id: string) => boolean = () => false;
  #blobs: Promise<unknown> = Promise.resolve();
  #alone: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: MachinesOptions) {
    this.#pool = new WorkerPool({
      blobs: options.store.blobs,
      size: options.workers,
      hangMs: options.hangMs ?? 2000,
      thread: options.thread ?? { name: 'machine-worker', here: import.meta.url },
      onMessage: (_, message) => {
        if (message.type === 'blob') this.#keep(message.bytes);
        else this.#custodies.get(message.id)?.heed(message, this.#blobs);
      },
      onLost: (thread, why) => this.#lost(thread, why),
    });
    this.#custodyOptions = {
      log: options.store.log,
      thread: () => this.#pool.least(),
      onWritten: (machine, written) => {
        for (const listener of this.#listeners) listener({ machine, ...written });
      },
      alone: (work) => {
        this.#alone = this.#alone.then(work, work);
      },
      commandMs: options.commandMs ?? 60_000,
      shared: options.shared ?? false,
    };
    this.#sweep = setInterval(() => this.evict(options.idleMs ?? 15 * 60_000), 60_000).unref();
  }

  /** Told in order for each machine, after the events are stored. */
  onChanged(listener: (change: MachineChange) => void): void {
    this.#listeners.push(listener);
  }

  /** Asks before a machine leaves the memory whether somebody is looking at it: its programs go on while they do. */
  watchedBy(watched: (id: string) => boolean): void {
    this.#watched = watched;
  }

  /** Begins a machine's stream with these images in its engine. One that exists stays as its student left it. */
  async make(id: string, user: string, hostname: string, images: readonly PublishedImage[]): Promise<void> {
    const custody = this.#custody(id);
    const fresh = await custody.make({ type: 'machine:made', id, user, hostname, at: new Date().toISOString() });
    if (fresh) for (const image of images) await custody.run({ type: 'image:load', image });
  }

  /** The computer as it was when it was made, with these images; its terminals are open as before. */
  async remake(id: string, images: readonly PublishedImage[]): Promise<void> {
    const custody = this.#custody(id);
    const { user, hostname, own } = await custody.ask(
      { kind: 'state', ...wholeMachine },
      (state) => state as MachineSnapshot,
    );
    await custody.remake({ type: 'machine:made', id, user, hostname, at: new Date().toISOString() });
    for (const image of images) await custody.run({ type: 'image:load', image });
    for (const [terminal, { columns, rows }] of own?.terminals ?? [])
      await custody.run({ type: 'terminal:open', terminal, columns, rows });
  }

  /** Resolves when the command's events are stored. Never rejects: what goes wrong is an outcome. */
  run(id: string, command: MachineCommand): Promise<Outcome> {
    return this.#custody(id).run(command);
  }

  /** An image of its engine as a class publishes it. Undefined: there is none of this name. */
  image(id: string, reference: string): Promise<PublishedImage | undefined> {
    return this.#custody(id).ask({ kind: 'image', reference }, (image) => image as PublishedImage | undefined);
  }

  /** A container as an image, whose bytes are durable then, or as a tar of its files. The computer itself stays as it is. */
  async pack(id: string, container: string, how: 'commit' | 'export'): Promise<Packed> {
    const packed = await this.#custody(id).ask({ kind: 'pack', container, how }, (answer) => answer as Packed);
    await this.#blobs;
    return packed;
  }

  /** Points in time of a container that still is or was not long ago: before each command that changed it, the newest first. */
  async earlier(id: string, container: string): Promise<readonly EarlierPoint[]> {
    return this.#lookBack(id, { kind: 'earlier', container });
  }

  /** A container as it was when the stream ended at a version. Undefined: it was not there, or that is too long ago. */
  async past(id: string, version: number, container: string): Promise<MachineSnapshot | undefined> {
    return this.#lookBack(id, { kind: 'past', version, container });
  }

  /** The last that is remembered of a container, by the beginning of its id. Undefined: nothing. */
  async last(id: string, container: string): Promise<Last<MachineSnapshot> | undefined> {
    return this.#lookBack(id, { kind: 'last', container });
  }

  async #lookBack<T>(id: string, question: Question): Promise<T> {
    const answer = await this.#custody(id).ask(question, (answer) => answer as LookedBack<T> | undefined);
    if (!answer) throw refused('earlier.unread');
    return answer.found;
  }

  /** A command that waits for a program of this computer, asked once, while its person types on. Never rejects. */
  beside(id: string, command: BesideCommand): Promise<Outcome> {
    const asked = this.#custody(id).ask({ kind: 'beside', command }, (outcome) => outcome as Outcome, 1);
    return asked.catch(refusalOf);
  }

  /** Sets a machine's programs going after the server was started again. */
  wake(id: string): Promise<void> {
    return this.#custody(id).wake();
  }

  /**
   * What a reader at `after` needs to be where everybody is who has been told everything: what it missed, or the state.
   * Whoever goes on listening in the same turn of the event loop misses nothing and hears nothing twice.
   */
  async catchUp(id: string, after: number, view: MachineView): Promise<Catch<MachineSnapshot, MachineEvent>> {
    return (after > 0 ? await this.#missed(id, after, view) : undefined) ?? this.#snapshot(id, view);
  }

  /** As `catchUp`, of what those see who follow its terminal. */
  async screen(id: string, after: number): Promise<Catch<ScreenState, ScreenEvent>> {
    const missed = after > 0 ? await this.#missed(id, after, wholeMachine) : undefined;
    if (missed) return { ...missed, events: missed.events.flatMap(screenEvents) };
    return this.#custody(id).ask({ kind: 'screen' }, (screen, upTo) => ({
      kind: 'snapshot' as const,
      upTo,
      state: screen as ScreenState,
    }));
  }

  /** The layers that it names, and the version at which it does. */
  content(id: string): Promise<Content & { readonly upTo: number }> {
    return this.#custody(id).ask({ kind: 'content' }, (content, upTo) => ({ ...(content as Content), upTo }));
  }

  /** Takes machines out of memory that nobody watches and nobody has used for `idleMs`. Their programs rest till they come back. */
  evict(idleMs: number): void {
    for (const [id, custody] of this.#custodies)
      if (custody.idle && !this.#watched(id) && Date.now() - custody.lastUsed >= idleMs) {
        custody.close();
        this.#custodies.delete(id);
      }
  }

  /** How many machines are in memory. */
  get size(): number {
    return this.#custodies.size;
  }

  async close(): Promise<void> {
    clearInterval(this.#sweep);
    await this.#pool.close();
  }

  #missed(id: string, after: number, view: MachineView) {
    return this.#custody(id).atRest(async (version) => {
      if (after > version || version - after > mostMissed) return undefined;
      const { events, upTo } = await this.options.store.log.read<MachineEvent>(`machine/${id}`, after);
      return { kind: 'missed' as const, upTo, events: eventsSeen(events, view) };
    });
  }

  #snapshot(id: string, view: MachineView) {
    return this.#custody(id).ask({ kind: 'state', ...view }, (state, upTo) => ({
      kind: 'snapshot' as const,
      upTo,
      state: state as MachineSnapshot,
    }));
  }

  #custody(id: string): Custody {
    let custody = this.#custodies.get(id);
    if (!custody) {
      custody = new Custody(id, this.#custodyOptions);
      this.#custodies.set(id, custody);
    }
    return custody;
  }

  /** Bytes are durable before any event that names them is stored: events wait for this promise. */
  #keep(bytes: Uint8Array): void {
    const put = this.options.store.blobs.put(bytes);
    this.#blobs = Promise.all([this.#blobs.catch(() => {}), put]);
    this.#blobs.catch((error) => console.error(`bytes could not be stored: ${String(error)}`));
  }

  #lost(thread: Thread, why: string): void {
    const here = [...this.#custodies.values()].filter((custody) => custody.thread === thread);
    console.error(`a thread with ${here.length} machines was ended (${why}); they go on in another one`);
    for (const custody of here) custody.lost();
  }
}
