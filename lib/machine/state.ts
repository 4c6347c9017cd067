import type { Digest } from '../content';
import type { EngineState } from '../engine';
import type { Sheet } from '../snapshot';
import type { Belief, Standing, TerminalId } from './events';
import type { PublishedImage } from './published-image';

/** A student's computer as its stream tells it. Changed by `evolveMachine` alone. */
export interface MachineState {
  readonly id: string;
  readonly user: string;
  readonly hostname: string;
  /** Layers of a fresh system, below `host`, bottom first. None: it has never been switched on, or may not be seen. */
  readonly base: readonly Digest[];
  /** When the machine was made, RFC 3339. */
  readonly madeAt: string;
  /** Writable sheet of the student's own computer, above the host's base files. */
  readonly host: Sheet;
  readonly engine: EngineState;
  /** How the person at it is doing. */
  readonly person: PersonState;
  /** What the class's registry offers, by reference. */
  readonly offered: ReadonlyMap<string, PublishedImage>;
  readonly terminals: ReadonlyMap<TerminalId, TerminalState>;
  /** By terminal or container: what its shell needs to go on after a restart. */
  readonly checkpoints: ReadonlyMap<string, unknown>;
  /** Points in time that one can go back to, the oldest first: the last `mostMoments`. */
  readonly moments: readonly Moment[];
  /** The image that is being built for a screen, and what the builder has said so far. */
  readonly building?: Building;
  /** By client (a browser tab): the last input that has had its effects. */
  readonly taken: ReadonlyMap<string, number>;
}

export interface Building {
  readonly reference: string;
  readonly output: string;
}

/** A point in time, named by what came next: a command that changed what a container or a volume held. */
export interface Moment {
  /** Of the machine's stream: what it told up to here is how things were. */
  readonly version: number;
  /** When the command was given, milliseconds since the epoch. */
  readonly at: number;
  /** A line at a prompt, one that a teacher ran everywhere, a file that was handed out, an undo. */
  readonly by: 'line' | 'run' | 'file' | 'undo';
  /** The line as it was typed, or the file's path; of an undo, nothing. */
  readonly text: string;
  /** An undo, or what one went back behind: the next undo goes further back. */
  readonly undone?: true;
}

export interface TerminalState {
  readonly columns: number;
  readonly rows: number;
  /** The last 128 Ki characters that were written, to show after a reload. */
  readonly screen: string;
  /** Characters written in all, so that a reader can tell what it has. */
  readonly written: number;
  readonly at: Standing;
  /** The file that is open in the page's editor. */
  readonly editing?: { readonly path: string; readonly text: string };
}

export interface PersonState {
  /** When they last did something, to the minute; milliseconds since the epoch. */
  readonly lastAt?: number;
  /** The line that failed three times in a row. */
  readonly stuckOn?: string;
  /** What their commands betray of what they believe. */
  readonly shows?: readonly Belief[];
}
