import { makeCode } from '../../lib/classroom';
import type { Chance } from '../../lib/clock';
import { refused } from '../../lib/errors';
import type { EventLog } from '../store';

/**
 * How a class is found: by the code that people type, and by its host. Both are streams too. The first append to a code's
 * stream owns the code for ever.
 */
export class Directory {
  readonly #codes = new Map<string, string>();

  constructor(
    private readonly log: EventLog,
    private readonly chance: Chance,
  ) {}

  async claimCode(id: string): Promise<string> {
    for (let tries = 0; tries < 50; tries++) {
      const code = makeCode(this.chance);
      if ((await this.log.append(`code/${code}`, 0, [{ id }])).ok) return code;
    }
    throw refused('class.noCode');
  }

  /** The class's id. Undefined: nobody has this code. */
  async find(code: string): Promise<string | undefined> {
    const known = this.#codes.get(code);
    if (known) return known;
    const { events } = await this.log.read<{ id: string }>(`code/${code}`, 0, 1);
    const id = events[0]?.id;
    if (id) this.#codes.set(code, id);
    return id;
  }

  async addToHost(host: string, id: string): Promise<void> {
    for (;;) {
      const version = await this.log.version(`host/${host}`);
      if ((await this.log.append(`host/${host}`, version, [{ id }])).ok) return;
    }
  }

  /** Ids, the newest first. */
  async ofHost(host: string): Promise<readonly string[]> {
    const { events } = await this.log.read<{ id: string }>(`host/${host}`, 0);
    return events.map(({ id }) => id).reverse();
  }
}
