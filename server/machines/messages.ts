import type { MachineCommand, MachineEvent, MachineView, Outcome } from '../../lib/machine';

/** What answers on a port; a line in every container; the end of the build that is under way. */
export type BesideCommand = Extract<MachineCommand, { readonly type: 'page:fetch' | 'container:run' | 'build:stop' }>;

/** Layers, by digest: those that only the machine's own people see named, and those that everybody sees on the board. */
export interface Content {
  readonly own: readonly string[];
  readonly board: readonly string[];
}

/** What can be asked of a machine out of its commands' turn. */
export type Question =
  /** Its state as JSON. */
  | ({ readonly kind: 'state' } & MachineView)
  /** The image of this reference as a class would publish it (PublishedImage), or undefined. */
  | { readonly kind: 'image'; readonly reference: string }
  /** What stands on its screen (ScreenState). */
  | { readonly kind: 'screen' }
  /** The layers that it names (Content). */
  | { readonly kind: 'content' }
  /** A command that waits for a program: an Outcome. Beside the others, so that a slow program holds up no key. */
  | { readonly kind: 'beside'; readonly command: BesideCommand }
  /** A container as an image or as a tar of its files (Packed). */
  | { readonly kind: 'pack'; readonly container: string; readonly how: 'commit' | 'export' }
  /** Before which commands a container was another (EarlierPoint[], looked back). */
  | { readonly kind: 'earlier'; readonly container: string }
  /** A container as it was when the stream ended at a version (StoredMachine with nothing else, or undefined; looked back). */
  | { readonly kind: 'past'; readonly version: number; readonly container: string }
  /** The last that is remembered of a container, by the beginning of its id (Last of a StoredMachine, or undefined; looked back). */
  | { readonly kind: 'last'; readonly container: string };

/** What was there at a version of a machine's stream. */
export interface Last<State> {
  readonly version: number;
  readonly state: State;
}

/** Undefined in its place: what is stored could not be read. */
export interface LookedBack<T> {
  readonly found: T;
}

/** What a thread needs to have a machine as it was: a kept state, and what came after it up to each version that was asked for. */
export interface Recalled {
  readonly state?: unknown;
  readonly parts: readonly { readonly version: number; readonly events: readonly MachineEvent[] }[];
}

/**
 * Between the server and a thread of machines. `epoch` tells one opening of a machine from the next: what an earlier one still
 * says is ignored. Messages of one direction arrive in the order in which they were sent; much here leans on that.
 */
export type ToThread =
  /** Gives the thread a machine as stored: a kept state (if any) and the events after it. */
  | {
      readonly type: 'open';
      readonly id: string;
      readonly epoch: number;
      readonly state?: unknown;
      readonly events: readonly MachineEvent[];
      readonly version: number;
    }
  | {
      readonly type: 'run';
      readonly id: string;
      readonly epoch: number;
      readonly call: number;
      readonly command: MachineCommand;
    }
  /** Sets going what was running, without a command. */
  | { readonly type: 'wake'; readonly id: string; readonly epoch: number }
  | {
      readonly type: 'ask';
      readonly id: string;
      readonly epoch: number;
      readonly call: number;
      readonly question: Question;
    }
  /** Events up to about here are stored: the thread may go on making more. */
  | { readonly type: 'stored'; readonly id: string; readonly epoch: number; readonly upTo: number }
  /** The answer to `recall`; nothing when the store could not be read. */
  | {
      readonly type: 'recalled';
      readonly id: string;
      readonly epoch: number;
      readonly call: number;
      readonly recalled?: Recalled;
    }
  | { readonly type: 'drop'; readonly id: string; readonly epoch: number };

export type FromThread =
  | { readonly type: 'ready' }
  | { readonly type: 'changed'; readonly id: string; readonly epoch: number; readonly events: readonly MachineEvent[] }
  | {
      readonly type: 'done';
      readonly id: string;
      readonly epoch: number;
      readonly call: number;
      readonly outcome: Outcome;
    }
  | {
      readonly type: 'answered';
      readonly id: string;
      readonly epoch: number;
      readonly call: number;
      readonly answer: unknown;
    }
  /** The machine looks back: at each of these versions, rising. */
  | {
      readonly type: 'recall';
      readonly id: string;
      readonly epoch: number;
      readonly call: number;
      readonly versions: readonly number[];
    }
  /** This machine could not go on; it will be opened again from its stream. */
  | { readonly type: 'failed'; readonly id: string; readonly epoch: number; readonly error: string }
  /** New bytes, said before any event that names them. */
  | { readonly type: 'blob'; readonly bytes: Uint8Array }
  /** The thread stands still until these bytes (or nothing) lie in the `answers` port and `signal` has moved. */
  | { readonly type: 'fetch'; readonly digest: string };

/** `workerData` of a thread. */
export interface ThreadData {
  /** Int32 0 counts heartbeats, 1 counts answered fetches. */
  readonly shared: SharedArrayBuffer;
  readonly answers: import('node:worker_threads').MessagePort;
}

export const heartbeat = { slot: 0, everyMs: 200 } as const;
export const fetched = { slot: 1, withinMs: 15_000 } as const;
