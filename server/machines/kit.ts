import type {
  Machine,
  MachineEvent,
  MachineOptions,
  MachineState,
  MachineView,
  PublishedImage,
  ScreenState,
} from '../../lib/machine';
import type { Content } from './messages';
import type { Packed } from './pack-container';

/** What this room needs of lib/machine, so that a test can put a machine of its own in its place (one that hangs). */
export interface MachineKit {
  create(options: MachineOptions): Machine;
  replay(state: MachineState | undefined, events: readonly MachineEvent[]): MachineState | undefined;
  /** Does beforehand, step by step, what makes `serialise` long. */
  packing(state: MachineState): Iterable<void>;
  serialise(state: MachineState, view: MachineView): unknown;
  parse(json: unknown): MachineState;
  /** What is shown of it to those who follow its terminal. */
  screen(state: MachineState): ScreenState;
  /** The layers that it names. */
  content(state: MachineState): Content;
  /** The image of this reference as a class publishes it. */
  image(state: MachineState, reference: string): PublishedImage | undefined;
  pack(state: MachineState, container: string, how: 'commit' | 'export'): Packed;
}
