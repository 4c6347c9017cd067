import { type EngineEvent, emptyEngine, evolveEngine } from '../engine';
import { Failure } from '../errors';
import { asDiffId } from '../layer';
import { type Layers, Sheet } from '../snapshot';
import { changed } from './checkpoints';
import {
  type BuildingEvent,
  type HostEvent,
  isAboutPerson,
  type MachineEvent,
  type PersonEvent,
  type TerminalEvent,
} from './events';
import { evolveMoments } from './moments';
import type { MachineState, PersonState, TerminalState } from './state';

/** Characters of a terminal that are kept to be shown after a reload. */
export const screenLimit = 128 * 1024;

/**
 * The one way a computer changes. Pure: the same events give the same state everywhere. Sheets lie on layers, so whoever
 * evolves needs the bytes of those that `neededContent` names; a Failure `not-found` names one that is missing.
 */
export function evolveMachine(state: MachineState | undefined, event: MachineEvent, layers: Layers): MachineState {
  if (event.type === 'machine:made') return made(event);
  if (!state) throw new Failure('corrupt', `a machine stream must begin with machine:made, not ${event.type}`);
  if (event.type === 'host:installed')
    return { ...state, base: event.base, host: new Sheet(layers.lower(event.base.map(asDiffId))) };
  if (event.type === 'host:written') return { ...state, host: patched(state.host, event.patch) };
  if (isAboutPerson(event)) return { ...state, person: evolvePerson(state.person, event) };
  if (event.type === 'registry:offered' || event.type === 'registry:pushed')
    return { ...state, offered: new Map(state.offered).set(event.image.reference, event.image) };
  if (event.type === 'moment:passed') return { ...state, moments: evolveMoments(state.moments, event) };
  if (event.type === 'input:taken') return { ...state, taken: new Map(state.taken).set(event.client, event.seq) };
  if (event.type === 'shell:typed')
    return { ...state, checkpoints: typedInto(state.checkpoints, event.of, event.typed) };
  if (event.type === 'shell:stood')
    return { ...state, checkpoints: new Map(state.checkpoints).set(event.of, event.checkpoint) };
  if (event.type === 'shell:changed') return { ...state, checkpoints: changedShell(state.checkpoints, event) };
  if (isBuildingEvent(event)) return evolveBuilding(state, event);
  if (isTerminalEvent(event)) return { ...state, terminals: evolveTerminals(state.terminals, event) };
  if (event.type === 'container:removed')
    return { ...evolvedEngine(state, event, layers), checkpoints: without(state.checkpoints, event.id) };
  return evolvedEngine(state, event as EngineEvent, layers);
}

function isBuildingEvent(event: MachineEvent): event is BuildingEvent {
  return event.type === 'build:began' || event.type === 'build:wrote' || event.type === 'build:ended';
}

function evolveBuilding({ building, ...state }: MachineState, event: BuildingEvent): MachineState {
  if (event.type === 'build:ended') return state;
  if (event.type === 'build:began') return { ...state, building: { reference: event.reference, output: '' } };
  return building ? { ...state, building: { ...building, output: building.output + event.text } } : state;
}

function evolvePerson(person: PersonState, event: PersonEvent): PersonState {
  if (event.type === 'person:did') return { ...person, lastAt: event.at };
  if (event.type === 'person:showed') return { ...person, shows: [...(person.shows ?? []), event.belief] };
  if (event.type === 'person:corrected')
    return { ...person, shows: person.shows?.filter((belief) => belief !== event.belief) };
  const { stuckOn: _, ...well } = person;
  return event.type === 'person:stuck' ? { ...well, stuckOn: event.line } : well;
}

function evolvedEngine(state: MachineState, event: EngineEvent, layers: Layers): MachineState {
  return { ...state, engine: evolveEngine(state.engine, event, layers) };
}

type ScreenEvent = Exclude<TerminalEvent, { type: 'input:taken' | `shell:${string}` }>;

function isTerminalEvent(event: MachineEvent): event is ScreenEvent {
  return event.type.startsWith('terminal:') || event.type.startsWith('editor:');
}

function made({ id, user, hostname, at }: Extract<HostEvent, { type: 'machine:made' }>): MachineState {
  const maps = { offered: new Map(), terminals: new Map(), checkpoints: new Map(), taken: new Map() };
  const nothing = { person: {}, moments: [], ...maps };
  return { id, user, hostname, base: [], madeAt: at, host: new Sheet(), engine: emptyEngine, ...nothing };
}

function changedShell(
  checkpoints: MachineState['checkpoints'],
  { of, change, typed }: Extract<TerminalEvent, { type: 'shell:changed' }>,
): MachineState['checkpoints'] {
  const next = changed(checkpoints.get(of), change);
  return new Map(checkpoints).set(of, typed === undefined ? next : Object.assign(next, { typed }));
}

function typedInto(checkpoints: MachineState['checkpoints'], of: string, typed: string): MachineState['checkpoints'] {
  return new Map(checkpoints).set(of, Object.assign({}, checkpoints.get(of), { typed }));
}

function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}

function patched(sheet: Sheet, patch: Parameters<Sheet['apply']>[0]): Sheet {
  const copy = sheet.clone();
  copy.apply(patch);
  return copy;
}

function evolveTerminals(terminals: MachineState['terminals'], event: ScreenEvent): MachineState['terminals'] {
  const next = new Map(terminals);
  if (event.type === 'terminal:closed') next.delete(event.terminal);
  else next.set(event.terminal, evolveTerminal(terminals.get(event.terminal), event));
  return next;
}

function evolveTerminal(terminal: TerminalState | undefined, event: ScreenEvent): TerminalState {
  const before = terminal ?? { columns: 80, rows: 24, screen: '', written: 0, at: {} };
  switch (event.type) {
    case 'terminal:opened':
    case 'terminal:resized':
      return { ...before, columns: event.columns, rows: event.rows };
    case 'terminal:wrote':
      return wrote(before, event.text);
    case 'editor:opened':
      return { ...before, editing: { path: event.path, text: event.text } };
    case 'editor:closed':
      return { ...before, editing: undefined };
    case 'terminal:stood':
      return { ...before, at: event.at };
    default:
      return before;
  }
}

/** Characters between two times that a screen is made one piece. */
const piece = 128;

/**
 * A string that was added up key by key is kept as all those keys (V8: 32 bytes and more for each). Looking at one of its
 * characters makes it one; often enough that the pieces do not count, not so often that a long screen is copied all day.
 */
function wrote(before: TerminalState, text: string): TerminalState {
  const [screen, written] = [tail(before.screen + text), before.written + text.length];
  if (Math.floor(written / piece) !== Math.floor(before.written / piece)) screen.charCodeAt(screen.length >> 1);
  return { ...before, screen, written };
}

/** Cut only now and then, and at the beginning of a line: a cut in an escape sequence would colour the rest. */
function tail(screen: string): string {
  if (screen.length <= 2 * screenLimit) return screen;
  const cut = screen.slice(-screenLimit);
  return cut.slice(cut.indexOf('\n') + 1);
}
