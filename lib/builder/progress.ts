import type { Clock } from '../clock';
import type { Warning } from '../dockerfile';
import type { BuildEvent } from './events';
import { since } from './time';

type Tell = (event: BuildEvent) => void | Promise<void>;

/** Numbers vertices and tells what they do, in order. */
export class Progress {
  #last = 0;

  constructor(
    readonly clock: Clock,
    readonly tell: Tell,
  ) {}

  async start(name: string): Promise<Vertex> {
    this.#last += 1;
    await this.tell({ type: 'vertex-started', vertex: this.#last, name });
    return new Vertex(this.#last, this.clock, this.tell);
  }
}

/** One line of a build's progress. Ends once: cached, done or failed. */
export class Vertex {
  readonly #start: bigint;

  constructor(
    readonly number: number,
    readonly clock: Clock,
    readonly tell: Tell,
  ) {
    this.#start = clock.now();
  }

  get time(): number {
    return since(this.clock, this.#start);
  }

  async status(text: string, time = 0): Promise<void> {
    await this.tell({ type: 'vertex-status', vertex: this.number, text, time });
  }

  async output(stream: 'stdout' | 'stderr', text: string): Promise<void> {
    await this.tell({ type: 'vertex-output', vertex: this.number, stream, text, time: this.time });
  }

  async warn(warning: Warning): Promise<void> {
    await this.tell({ type: 'warning-found', vertex: this.number, warning });
  }

  async cached(): Promise<void> {
    await this.tell({ type: 'vertex-cached', vertex: this.number });
  }

  async done(): Promise<void> {
    await this.tell({ type: 'vertex-done', vertex: this.number, time: this.time });
  }

  async canceled(): Promise<void> {
    await this.tell({ type: 'vertex-canceled', vertex: this.number });
  }

  async failed(message: string): Promise<void> {
    await this.tell({ type: 'vertex-failed', vertex: this.number, message });
  }
}
