export { FileDescriptor } from './descriptor';
export { nullDevice, open } from './devices';
export { type Duplex, type DuplexOptions, duplex } from './duplex';
export { Crash, Killed } from './killed';
export type { Limit, Limits, Resource } from './limits';
export { interpreterLine, type Loaded, type Loader } from './loader';
export { claimNumbers, lowestFree } from './numbers';
export { pipe, pipeCapacity } from './pipe';
export type {
  Connection,
  Descriptor,
  Ended,
  Listener,
  Network,
  Pid,
  Process,
  ProcessRow,
  Program,
  SpawnOptions,
  System,
  SystemLimits,
  Terminal,
} from './process';
export { type Scheduler, sliceLength } from './scheduler';
export { parseSignal, type Signal, signals } from './signal';
export { createSystem, type LiveSystem, type StartOptions, type SystemOptions } from './system';
export type { TerminalOptions } from './terminal';
export { columnsOf, widthOf } from './width';
export { appendFile, writeFile } from './write-file';
