export type {
  Connection, Descriptor, Ended, Listener, Network, Pid, Process, ProcessRow, Program, SpawnOptions, System, SystemLimits, Terminal,
} from './process';
export { parseSignal, type Signal, signals } from './signal';
