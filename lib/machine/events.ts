/**
 * What happened on one student's computer, in the past tense and as plain JSON: the machine stream.
 *
 * A machine's stream is its only truth: `evolveMachine` over all of it gives the machine's state, on the server, in each
 * browser, in a replay. Whoever may see less of a machine (the board has no terminals) gets the same events without those
 * that are not for them (`MachineView`); evolving that part gives the same files, containers and images.
 */
import type { ContainerId } from '../container';
import type { Digest } from '../content';
import type { EngineEvent } from '../engine';
import type { SheetPatch } from '../snapshot';
import type { CheckpointChange } from './checkpoints';
import type { PublishedImage } from './published-image';
import type { Moment } from './state';

export type TerminalId = string;

export type HostEvent =
  /** The first event of every machine. `user` is a login name. */
  | {
      readonly type: 'machine:made';
      readonly id: string;
      readonly user: string;
      readonly hostname: string;
      readonly at: string;
    }
  /** Its disk holds a fresh system: these layers, bottom first. */
  | { readonly type: 'host:installed'; readonly base: readonly Digest[] }
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
  /** Where the person is now: at the host's prompt, or inside a container. */
  | { readonly type: 'terminal:stood'; readonly terminal: TerminalId; readonly at: Standing }
  /** What the shell of a terminal, or the first program of a container, needs to go on after a restart: plain JSON. */
  | { readonly type: 'shell:stood'; readonly of: TerminalId | ContainerId; readonly checkpoint: unknown }
  /** What of that is other than it was told last; `typed` too, when it is. */
  | {
      readonly type: 'shell:changed';
      readonly of: TerminalId | ContainerId;
      readonly change: CheckpointChange;
      readonly typed?: string;
    }
  /** What stands unfinished at that shell's prompt. */
  | { readonly type: 'shell:typed'; readonly of: TerminalId | ContainerId; readonly typed: string }
  /** A program asked for the page's editor, and waits until it is closed. */
  | { readonly type: 'editor:opened'; readonly terminal: TerminalId; readonly path: string; readonly text: string }
  | { readonly type: 'editor:closed'; readonly terminal: TerminalId }
  | { readonly type: 'terminal:closed'; readonly terminal: TerminalId }
  /** Input `seq` of `client` has had its effects, which stand in the same append: so nothing is typed twice. */
  | { readonly type: 'input:taken'; readonly client: string; readonly seq: number };

/** The class's registry, as this computer reaches it, has an image under its reference: `docker pull` finds it. */
export type RegistryEvent =
  | { readonly type: 'registry:offered'; readonly image: PublishedImage }
  /** `docker push` left an image there: everybody in the class may pull it. */
  | { readonly type: 'registry:pushed'; readonly image: PublishedImage };

/** An image is being built for a screen and not in a terminal: what the builder says, as it says it. */
export type BuildingEvent =
  | { readonly type: 'build:began'; readonly reference: string }
  | { readonly type: 'build:wrote'; readonly text: string }
  | { readonly type: 'build:ended' };

/** How the person at the computer is doing: for their teacher. */
export type PersonEvent =
  /** They did something; told at most once a minute. Milliseconds since the epoch. */
  | { readonly type: 'person:did'; readonly at: number }
  /** The same command has failed three times in a row. */
  | { readonly type: 'person:stuck'; readonly line: string }
  | { readonly type: 'person:unstuck' }
  /** What they did betrays a belief, or contradicts it (beliefs.ts). */
  | { readonly type: 'person:showed'; readonly belief: Belief }
  | { readonly type: 'person:corrected'; readonly belief: Belief };

/** A misconception of docs/lessons.md that commands betray. */
export type Belief = 'M3' | 'M4' | 'M5';

/**
 * A command begins to change what was there: `version` events before this one tell how it was. `to`, of an undo: the version of
 * the moment that it went back to.
 */
export type MomentEvent = { readonly type: 'moment:passed'; readonly to?: number } & Omit<Moment, 'undone'>;

export type MachineEvent =
  | HostEvent
  | EngineEvent
  | TerminalEvent
  | BuildingEvent
  | RegistryEvent
  | PersonEvent
  | MomentEvent;

/** The container that a terminal is attached to, if any, and how to come back to it. */
export interface Standing {
  readonly inside?: {
    readonly container: ContainerId;
    readonly name: string;
    /** By attaching to its first program, or by another exec of the same words. */
    readonly by: 'attach' | 'exec';
    readonly argv?: readonly string[];
  };
}

/** True for events that only the machine's own people (its student, a consented onlooker) may see. */
export function isPrivate(event: MachineEvent): boolean {
  return (
    /^(terminal|shell|input|host|editor|moment|build):|^registry:offered/.test(event.type) ||
    event.type === 'container:logged'
  );
}

/** True for what tells how the person at the computer is doing. It is for those who teach them, and nobody else. */
export function isAboutPerson(event: MachineEvent): event is PersonEvent {
  return event.type.startsWith('person:');
}

/** What of a computer somebody may see beside its files, containers and images. */
export interface MachineView {
  /** Its terminals, logs and own files. */
  readonly private: boolean;
  /** How its person is doing. */
  readonly person: boolean;
}

/** Of whoever keeps it. */
export const wholeMachine: MachineView = { private: true, person: true };

/** The events that are told to whoever has this view. Positions in the stream stay what they are. */
export function eventsSeen(events: readonly MachineEvent[], view: MachineView): readonly MachineEvent[] {
  return events.filter((event) => (view.private || !isPrivate(event)) && (view.person || !isAboutPerson(event)));
}

/** The bytes that must be at hand before an event is evolved. */
export function neededContent(event: MachineEvent): readonly Digest[] {
  if (event.type === 'host:installed') return event.base;
  return event.type === 'sheet:made' ? event.diffIds : [];
}
