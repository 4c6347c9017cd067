import type { Layers, Sheet } from '../snapshot';
import type { MachineEvent } from './events';
import { evolveMachine } from './evolve';
import type { MachineState } from './state';

/**
 * `evolveMachine` over many events, whose states in between nobody sees: a sheet is copied when it is first written to, and the
 * copy is written to from then on. The state given stays as it was.
 */
export function replayMachine(
  state: MachineState | undefined,
  events: readonly MachineEvent[],
  layers: Layers,
): MachineState | undefined {
  const copies = new Set<Sheet>();
  let now = state;
  for (const event of events) {
    const before = now && sheetOf(now, event);
    if (before && 'patch' in event && event.type !== 'sheet:reset' && copies.has(before)) {
      before.apply(event.patch);
      continue;
    }
    now = evolveMachine(now, event, layers);
    const after = sheetOf(now, event);
    if (after) copies.add(after);
  }
  return now;
}

/** The sheet that an event makes or changes. */
function sheetOf(state: MachineState, event: MachineEvent): Sheet | undefined {
  switch (event.type) {
    case 'host:written':
      return state.host;
    case 'sheet:made':
    case 'sheet:written':
    case 'sheet:reset':
      return state.engine.sheets.get(event.key)?.sheet;
    default:
      return undefined;
  }
}
