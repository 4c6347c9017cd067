/**
 * One student's computer: host files, a Docker engine, shells and terminals, wired together.
 *
 * Life: `createMachine` with a state (of a new machine, or evolved from its stream) → `run` commands, one after another →
 * `stop`. Running a command may start programs that go on afterwards; what they change arrives in later turns. At the end
 * of each turn `onEvents` is handed everything that changed, already applied to `state`; whoever keeps the stream stores
 * those events before anybody is told. If storing fails the machine must be thrown away and made again from the stream.
 *
 * It is the only room that knows both the shell and the engine. It does no I/O: time, chance and giving way are handed in.
 */
import type { Chance, Clock } from '../clock';
import type { ContentStore } from '../content';
import type { MachineEvent, TerminalId } from './events';
import type { PageAnswer, PageRequest } from './pages';
import type { PublishedImage } from './published-image';
import type { MachineState } from './state';

/**
 * A computer's containers, volumes and images as they were when its stream ended at each of these versions (rising). What lies
 * too far back is left out.
 */
export type Recall = (versions: readonly number[]) => Promise<ReadonlyMap<number, MachineState>>;

export interface Scheduler {
  /** Milliseconds of a monotonic clock, for CPU accounting. */
  cpu(): number;
  /** Lets everything else that is due run first (setImmediate, MessageChannel). */
  yieldNow(): Promise<void>;
}

export interface MachineOptions {
  readonly state: MachineState;
  /** The events that led to `state` (default: 0): what is told is counted on from here. */
  readonly version?: number;
  /** Default: nothing can be recalled, so that nothing can be undone. */
  readonly recall?: Recall;
  readonly content: ContentStore;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly scheduler: Scheduler;
  readonly onEvents: (events: readonly MachineEvent[]) => void;
  /** Starts again what was running, at the prompts that the state tells (after a restart of the server). */
  readonly resume?: boolean;
  /** A defect of ours in a program: told, never shown to the student as anything but the program's end. */
  readonly onFault?: (error: unknown) => void;
}

export type MachineCommand =
  | { readonly type: 'terminal:open'; readonly terminal: TerminalId; readonly columns: number; readonly rows: number }
  | {
      readonly type: 'terminal:type';
      readonly terminal: TerminalId;
      readonly data: string;
      readonly client: string;
      readonly seq: number;
    }
  | { readonly type: 'terminal:resize'; readonly terminal: TerminalId; readonly columns: number; readonly rows: number }
  | { readonly type: 'terminal:close'; readonly terminal: TerminalId }
  /** Puts a published image into the engine under its reference (the tag moves when it was there). */
  | { readonly type: 'image:load'; readonly image: PublishedImage }
  /** The class's registry has this image from now on: it is not loaded, but can be pulled. */
  | { readonly type: 'registry:offer'; readonly image: PublishedImage }
  /** Builds in a folder of the host that holds exactly these files, as `docker build -t reference .` does. */
  | {
      readonly type: 'image:build';
      readonly reference: string;
      readonly dockerfile: string;
      readonly files: readonly ContextFile[];
    }
  /** Ends the `image:build` that is under way, as Ctrl-C does in a terminal. A Failure `conflict` when there is none. */
  | { readonly type: 'build:stop' }
  /** Runs a line with `sh -c` in every running container that stands on one of these images. */
  | { readonly type: 'container:run'; readonly line: string; readonly imageIds: readonly string[] }
  /** Puts a file into the home folder, or (`inside`) into every running container. */
  | { readonly type: 'file:give'; readonly path: string; readonly text: string; readonly inside: boolean }
  /** Back to the sheets as they were before the last command that changed any. A Failure `conflict` when there is none. */
  | { readonly type: 'sheet:undo' }
  /** Closes the editor of a terminal: with `text` the file is written, without it stays as it was. */
  | { readonly type: 'editor:close'; readonly terminal: TerminalId; readonly text?: string }
  /** What answers on a port of this computer. */
  | { readonly type: 'page:fetch'; readonly request: PageRequest };

/** What one container answered to a line that a teacher ran in it. */
export interface ContainerAnswer {
  readonly container: string;
  readonly output: string;
  readonly exitCode: number;
  /** Seconds after which it was ended, since it had not ended by itself. */
  readonly endedAfter?: number;
}

/** A container that did not do what was asked of all, worded as a refusal is. */
export interface NotDone {
  readonly container: string;
  readonly message: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

export interface ContextFile {
  /** Relative to the context: `site/index.html`. */
  readonly path: string;
  /** Text, or bytes in base64. */
  readonly text?: string;
  readonly base64?: string;
}

export type Outcome =
  | {
      readonly ok: true;
      readonly image?: PublishedImage;
      readonly output?: string;
      readonly answers?: readonly ContainerAnswer[];
      /** How many places a given file was put into. */
      readonly given?: number;
      readonly refused?: readonly NotDone[];
      readonly page?: PageAnswer;
    }
  | {
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      readonly detail?: Readonly<Record<string, unknown>>;
    };

export interface Machine {
  readonly state: MachineState;
  /** Never rejects: what goes wrong is an outcome. Resolves when the command's first effects are in `onEvents`. */
  run(command: MachineCommand): Promise<Outcome>;
  /** Ends every process without leaving a trace in the stream (the server stops, or another node takes over). */
  stop(): void;
}
