import { type ClassCommand, type ClassEvent, type ClassState, type Host, loginName } from '../../lib/classroom';
import { type Chance, hex } from '../../lib/clock';
import { Failure, refused } from '../../lib/errors';
import type { PublishedImage } from '../../lib/machine';
import type { ClassSummary } from '../../lib/protocol';
import type { Machines } from '../machines';
import type { Store } from '../store';
import { type CaughtUp, type ClassChange, ClassCustody } from './class-custody';
import { Directory } from './directory';
import { idBy } from './id-by';

export interface ClassesOptions {
  readonly store: Store;
  readonly machines: Machines;
  readonly chance: Chance;
  readonly mostSeats: number;
}

/** The machine of a seat, or of the class's host (`host`). */
export const machineOf = (classId: string, seat: string) => `${classId}.${seat}`;

/** Every class: custody of their streams, how they are found, and that each seat has a computer with the class's images. */
export class Classes {
  readonly #custodies = new Map<string, ClassCustody>();
  readonly #directory: Directory;
  readonly #listeners: ((change: ClassChange) => void)[] = [];
  /** Machines that are known to be made, with everything that was published when they were. */
  readonly #made = new Set<string>();

  constructor(private readonly options: ClassesOptions) {
    this.#directory = new Directory(options.store.log, options.chance);
    options.machines.onChanged(({ machine, events }) => {
      for (const event of events) {
        if (event.type !== 'registry:pushed') continue;
        const [id = '', seat = ''] = machine.split('.');
        this.#pushed(id, seat, event.image).catch((error: unknown) =>
          console.error(`${machine}: a push was not told: ${String(error)}`),
        );
      }
    });
  }

  onChanged(listener: (change: ClassChange) => void): void {
    this.#listeners.push(listener);
  }

  /** `key`: of the request; asked again it is the same class. */
  async open(host: Host, title: string, key?: string): Promise<{ readonly id: string; readonly code: string }> {
    const id = key === undefined ? hex(this.options.chance, 8) : idBy(key, host.id);
    const before = await this.state(id);
    const code = before?.code ?? (await this.#directory.claimCode(id));
    if (!before) await this.#custody(id).ask({ type: 'class:open', id, code, title, host });
    await this.#directory.addToHost(host.id, id);
    await this.ready(id, 'host');
    return { id, code };
  }

  /** A class's id by its code, as `parseCode` gives it. Undefined: nobody has it. */
  find(code: string): Promise<string | undefined> {
    return this.#directory.find(code);
  }

  state(id: string): Promise<ClassState | undefined> {
    return this.#custody(id).state();
  }

  /** What is known of a class at this moment, for whoever has just waited for something else of it. */
  known(id: string): ClassState | undefined {
    return this.#custodies.get(id)?.known;
  }

  ask(id: string, command: ClassCommand): Promise<readonly ClassEvent[]> {
    return this.#custody(id).ask(command);
  }

  catchUp(id: string, after: number): Promise<CaughtUp> {
    return this.#custody(id).catchUp(after);
  }

  /** Another node changed this class. */
  stale(id: string): void {
    this.#custodies.get(id)?.stale();
  }

  async ofHost(host: string): Promise<readonly ClassSummary[]> {
    const ids = await this.#directory.ofHost(host);
    const states = await Promise.all(ids.map((id) => this.state(id)));
    return states.flatMap((state) => (state ? [summary(state)] : []));
  }

  /** Another signed-in person teaches this class too, and finds it in their list. */
  async joinHost(id: string, host: Host): Promise<void> {
    const events = await this.ask(id, { type: 'host:join', host });
    if (events.length) await this.#directory.addToHost(host.id, id);
  }

  /** A seat's computer (or the host's) as it was in the beginning. */
  async remake(id: string, seat: string): Promise<void> {
    const state = await this.state(id);
    await this.options.machines.remake(machineOf(id, seat), state?.images ?? []);
  }

  /** A seat under this name, and its computer, ready to be typed at. `key`: of the request; asked again it is the same seat. */
  async takeSeat(id: string, name: string, key?: string): Promise<{ readonly seat: string; readonly name: string }> {
    const wanted = key === undefined ? undefined : idBy(key, id);
    const [event] = await this.ask(id, { type: 'seat:take', name, ...(wanted && { seat: wanted }) });
    const seat = wanted ?? (event?.type === 'seat:taken' ? event.seat : undefined);
    const taken = (await this.state(id))?.seats.find((other) => other.id === seat);
    if (!taken) throw new Failure('internal', 'a seat was asked for and none was taken');
    await this.ready(id, taken.id);
    return { seat: taken.id, name: taken.name };
  }

  /** Sees to it that the computer of a seat (or `host`) is there, with the images of the class. Cheap when it is. */
  async ready(id: string, seat: string): Promise<void> {
    const machine = machineOf(id, seat);
    if (this.#made.has(machine)) return;
    const state = await this.state(id);
    const person = seat === 'host' ? state?.host : state?.seats.find((other) => other.id === seat);
    if (!state || !person) throw refused('machine.none', { machine });
    await this.options.machines.make(machine, loginName(person.name), 'laptop', state.images);
    const offered = await Promise.all(state.pushed.map((image) => this.#offer(machine, image)));
    if (offered.every(Boolean)) this.#made.add(machine);
  }

  /** From now on every computer of the class has the host's image of this reference; later ones begin with it. */
  async publish(id: string, reference: string): Promise<PublishedImage> {
    const image = await this.options.machines.image(machineOf(id, 'host'), reference);
    if (!image) throw refused('image.unbuilt', { reference });
    await this.ask(id, { type: 'image:publish', image });
    const state = await this.state(id);
    const seats = state!.seats.filter((seat) => !seat.removed).map((seat) => seat.id);
    const load = (seat: string) => this.options.machines.run(machineOf(id, seat), { type: 'image:load', image });
    const outcomes = await Promise.all(['host', ...seats].map(load));
    for (const outcome of outcomes)
      if (!outcome.ok) console.error(`class ${id}: an image was not loaded: ${outcome.message}`);
    return image;
  }

  /** Somebody pushed: the whole class can pull it from now on. */
  async #pushed(id: string, by: string, image: PublishedImage): Promise<void> {
    await this.ask(id, { type: 'image:push', image, by });
    const state = await this.state(id);
    const others = ['host', ...state!.seats.filter((seat) => !seat.removed).map((seat) => seat.id)].filter(
      (seat) => seat !== by,
    );
    await Promise.all(others.map((seat) => this.#offer(machineOf(id, seat), image)));
  }

  async #offer(machine: string, image: PublishedImage): Promise<boolean> {
    const outcome = await this.options.machines.run(machine, { type: 'registry:offer', image });
    if (!outcome.ok) console.error(`${machine}: an image could not be offered: ${outcome.message}`);
    return outcome.ok;
  }

  #custody(id: string): ClassCustody {
    let custody = this.#custodies.get(id);
    if (!custody) {
      const { store, chance, mostSeats } = this.options;
      const onChanged = (change: ClassChange) => {
        for (const listener of this.#listeners) listener(change);
      };
      custody = new ClassCustody({ id, log: store.log, chance, mostSeats, onChanged });
      this.#custodies.set(id, custody);
    }
    return custody;
  }
}

function summary({ code, title, phase, openedAt, seats }: ClassState): ClassSummary {
  return { code, title, phase, openedAt, seats: seats.filter((seat) => !seat.removed).length };
}
