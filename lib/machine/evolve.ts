import { type EngineEvent, emptyEngine, evolveEngine } from '../engine';
import { Failure } from '../errors';
import { Sheet } from '../snapshot';
import type { HostEvent, MachineEvent, TerminalEvent } from './events';
import type { MachineState, TerminalState } from './state';

/** Characters of a terminal that are kept to be shown after a reload. */
export const screenLimit = 128 * 1024;

/** The one way a computer changes. Pure: the same events give the same state everywhere. */
export function evolveMachine(state: MachineState | undefined, event: MachineEvent): MachineState {
  if (event.type === 'machine:made') return made(event);
  if (!state) throw new Failure('corrupt', `a machine stream must begin with machine:made, not ${event.type}`);
  if (event.type === 'host:written') return { ...state, host: patched(state.host, event.patch) };
  if (event.type === 'input:taken') return { ...state, taken: new Map(state.taken).set(event.client, event.seq) };
  if (isTerminalEvent(event)) return { ...state, terminals: evolveTerminals(state.terminals, event) };
  return { ...state, engine: evolveEngine(state.engine, event as EngineEvent) };
}

type ScreenEvent = Exclude<TerminalEvent, { type: 'input:taken' }>;

function isTerminalEvent(event: MachineEvent): event is ScreenEvent {
  return event.type.startsWith('terminal:');
}

function made({ id, user, hostname, at }: Extract<HostEvent, { type: 'machine:made' }>): MachineState {
  return {
    id,
    user,
    hostname,
    madeAt: at,
    host: new Sheet(),
    engine: emptyEngine,
    terminals: new Map(),
    taken: new Map(),
  };
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
      return { ...before, screen: tail(before.screen + event.text), written: before.written + event.text.length };
    case 'terminal:stood':
      return { ...before, at: event.at };
    default:
      return before;
  }
}

/** Cut only now and then, and at the beginning of a line: a cut in an escape sequence would colour the rest. */
function tail(screen: string): string {
  if (screen.length <= 2 * screenLimit) return screen;
  const cut = screen.slice(-screenLimit);
  return cut.slice(cut.indexOf('\n') + 1);
}
