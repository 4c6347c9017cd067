/**
 * One student's computer. `createMachine` lives it, `evolveMachine` replays it; `serialiseMachine` and `parseMachine` carry a
 * state as JSON. `neededContent` and `contentOfSnapshot` name the layers that a replica must hold first.
 */
export { createMachine } from './create';
export {
  type Belief,
  isPrivate,
  type MachineEvent,
  type MachineView,
  neededContent,
  type Standing,
  type TerminalEvent,
  type TerminalId,
} from './events';
export { evolveMachine } from './evolve';
export { layersOf } from './layers';
export type {
  ContextFile,
  Machine,
  MachineCommand,
  MachineOptions,
  Outcome,
  Recall,
  Scheduler,
} from './machine';
export { onlyContainer } from './only';
export type { PageAnswer, PageRequest } from './pages';
export { publishedImage } from './published';
export type { PublishedImage } from './published-image';
export { replayMachine } from './replay';
export { evolveScreen, type ScreenEvent, type ScreenState, screenEvents, screenOf } from './screen';
export {
  contentOf,
  contentOfSnapshot,
  packMachine,
  parseMachine,
  type StoredMachine,
  serialiseMachine,
} from './serialise';
export type { MachineState, Moment, TerminalState } from './state';
