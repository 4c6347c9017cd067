import type { Digest } from '../content';
import { emptyEngine, parseEngine, type StoredEngine, serialiseEngine } from '../engine';
import { asDiffId } from '../layer';
import { type Layers, Sheet, type SheetPatch } from '../snapshot';
import type { MachineView } from './events';
import type { PublishedImage } from './published-image';
import type { Building, MachineState, Moment, PersonState, TerminalState } from './state';

/** A machine's whole state as plain JSON: a snapshot to begin a replay at. */
export interface StoredMachine {
  readonly id: string;
  readonly user: string;
  readonly hostname: string;
  readonly madeAt: string;
  /** Empty in what is told to those who do not teach this person. */
  readonly person: PersonState;
  readonly engine: StoredEngine;
  /** Absent from what is told to those who may not see it. */
  readonly own?: {
    readonly host: { readonly diffIds: readonly Digest[]; readonly patch: SheetPatch };
    readonly offered: readonly (readonly [string, PublishedImage])[];
    readonly terminals: readonly (readonly [string, TerminalState])[];
    readonly checkpoints: readonly (readonly [string, unknown])[];
    readonly taken: readonly (readonly [string, number])[];
    /** Absent from states that were kept before there were any. */
    readonly moments?: readonly Moment[];
    readonly building?: Building;
  };
}

/** Without `private`, what the board may see: the engine and its files, no terminals, no logs, no files of the computer itself. */
export function serialiseMachine(state: MachineState, view: MachineView): StoredMachine {
  const { id, user, hostname, madeAt } = state;
  const person = view.person ? state.person : {};
  const engine = serialiseEngine(view.private ? state.engine : { ...state.engine, logs: new Map() });
  if (!view.private) return { id, user, hostname, madeAt, person, engine };
  const own = {
    host: { diffIds: state.base, patch: state.host.serialise() },
    offered: [...state.offered],
    terminals: [...state.terminals],
    checkpoints: [...state.checkpoints],
    taken: [...state.taken],
    moments: state.moments,
    ...(state.building && { building: state.building }),
  };
  return { id, user, hostname, madeAt, person, engine, own };
}

/** Does beforehand, step by step, what makes `serialiseMachine` long where files are large. */
export function* packMachine(state: MachineState): Generator<void> {
  yield* state.host.packing();
  for (const { sheet } of state.engine.sheets.values()) yield* sheet.packing();
}

export function parseMachine(json: unknown, layers: Layers): MachineState {
  const { id, user, hostname, madeAt, person, engine, own } = json as StoredMachine;
  const base = own?.host.diffIds ?? [];
  const host = new Sheet(layers.lower(base.map(asDiffId)));
  if (own) host.apply(own.host.patch);
  return {
    id,
    user,
    hostname,
    madeAt,
    person: person ?? {},
    base,
    host,
    engine: engine ? parseEngine(engine, layers) : emptyEngine,
    offered: new Map(own?.offered),
    terminals: new Map(own?.terminals),
    checkpoints: new Map(own?.checkpoints),
    taken: new Map(own?.taken),
    moments: own?.moments ?? [],
    ...(own?.building && { building: own.building }),
  };
}

/** The layers that a state names: to its own people, and (`board`) to whoever sees its containers. */
export function contentOf({ base, engine }: MachineState): {
  readonly own: readonly Digest[];
  readonly board: Digest[];
} {
  return { own: base, board: [...new Set([...engine.sheets.values()].flatMap(({ diffIds }) => diffIds))] };
}

/** The layers whose bytes must be at hand before a snapshot is parsed. */
export function contentOfSnapshot(json: unknown): readonly Digest[] {
  const { engine, own } = json as StoredMachine;
  return [...new Set([...(own?.host.diffIds ?? []), ...engine.sheets.flatMap(([, { diffIds }]) => diffIds)])];
}
