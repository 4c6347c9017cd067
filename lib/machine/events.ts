/**
 * What happened on one student's computer, in the past tense and as plain JSON: the machine stream.
 *
 * A machine's stream is its only truth: `evolveMachine` over all of it gives the machine's state, on the server, in each
 * browser, in a replay. Whoever may see a machine but not its terminals (the board) gets the same events without the
 * private ones; evolving that part gives the same files, containers and images.
 */
import type { EngineEvent } from '../engine';
import type { SheetPatch } from '../snapshot';

export type TerminalId = string;

export type HostEvent =
  /** The first event of every machine. `user` is a login name made from the student's name. */
  | {
      readonly type: 'machine:made';
      readonly id: string;
      readonly user: string;
      readonly hostname: string;
      readonly at: string;
    }
  /** Files of the student's own computer changed (not of a container: those are `sheet:written`). */
  | { readonly type: 'host:written'; readonly patch: SheetPatch };

export type TerminalEvent =
  | { readonly type: 'terminal:opened'; readonly terminal: TerminalId; readonly columns: number; readonly rows: number }
  | {
      readonly type: 'terminal:resized';
      readonly terminal: TerminalId;
      readonly columns: number;
      readonly rows: number;
    }
  | { readonly type: 'terminal:wrote'; readonly terminal: TerminalId; readonly text: string }
  /** Where the person is, from the host's shell inwards: what a restart needs to put the same prompt back. */
  | { readonly type: 'terminal:stood'; readonly terminal: TerminalId; readonly at: Standing }
  | { readonly type: 'terminal:closed'; readonly terminal: TerminalId }
  /** Input `seq` of `client` has had its effects, which stand in the same append: so nothing is typed twice. */
  | { readonly type: 'input:taken'; readonly client: string; readonly seq: number };

export type MachineEvent = HostEvent | EngineEvent | TerminalEvent;

/** The host's shell, and the container that its terminal is attached to, if any. */
export interface Standing {
  /** Checkpoint of the host's shell (lib/shell), plain JSON. */
  readonly shell?: unknown;
  readonly inside?: {
    readonly container: string;
    /** Checkpoint of the container's shell there. */
    readonly shell?: unknown;
    /** How to come back: by attaching to pid 1, or by a new exec of the same argv. */
    readonly by: 'attach' | 'exec';
    readonly argv?: readonly string[];
  };
}

/** True for events that only the machine's own people (its student, a consented onlooker) may see. */
export function isPrivate(event: MachineEvent): boolean {
  return event.type.startsWith('terminal:') || event.type === 'input:taken';
}
