import { refused } from '../../lib/errors';
import type { MachineState, Recall } from '../../lib/machine';
import type { MachineKit } from './kit';
import type { Recalled } from './messages';

/** Events that are replayed in one breath: the other machines of the thread go on in between. */
const portion = 500;

/** One machine's way to what it was: asks the server for what the store has, and replays it beside the machine. */
export class Recaller {
  #calls = 0;
  readonly #waiting = new Map<number, (recalled: Recalled | undefined) => void>();

  constructor(
    private readonly kit: MachineKit,
    private readonly ask: (call: number, versions: readonly number[]) => void,
  ) {}

  readonly recall: Recall = async (versions) => {
    if (versions.length === 0) return new Map();
    const recalled = await new Promise<Recalled | undefined>((resolve) => {
      this.#waiting.set(++this.#calls, resolve);
      this.ask(this.#calls, versions);
    });
    if (!recalled) throw refused('earlier.unread');
    return this.#states(recalled);
  };

  /** Undefined: the store could not be read. */
  answered(call: number, recalled: Recalled | undefined): void {
    this.#waiting.get(call)?.(recalled);
    this.#waiting.delete(call);
  }

  async #states({ state: kept, parts }: Recalled): Promise<ReadonlyMap<number, MachineState>> {
    const states = new Map<number, MachineState>();
    let state = kept === undefined ? undefined : this.kit.parse(kept);
    for (const { version, events } of parts) {
      for (let at = 0; at < events.length; at += portion) {
        state = this.kit.replay(state, events.slice(at, at + portion));
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (state) states.set(version, state);
    }
    return states;
  }
}
