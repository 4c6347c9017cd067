import type { MachineEvent, MachineState } from '../../lib/machine';
/**
 * The part of lib/machine that a replica needs, past its door: through the door the whole computer (shell, programs, engine)
 * would come into the page. Nothing else in app may do so.
 */
import { neededContent as neededByWhole } from '../../lib/machine/events';
import { evolveMachine as evolveWhole } from '../../lib/machine/evolve';
import { contentOfSnapshot as contentOfWhole, parseMachine as parseWhole } from '../../lib/machine/serialise';
import type { MachineSnapshot } from '../../lib/protocol';
import type { Layers } from '../../lib/snapshot';

export { evolveScreen } from '../../lib/machine/screen';

/**
 * A computer as a page holds it: all but its own disk, which no screen shows. So no page has to fetch the layers of a laptop
 * before it can show its terminal.
 */
export function parseMachine(snapshot: MachineSnapshot, layers: Layers): MachineState {
  return parseWhole(withoutDisk(snapshot), layers);
}

export function evolveMachine(state: MachineState | undefined, event: MachineEvent, layers: Layers): MachineState {
  return state && ofDisk(event) ? state : evolveWhole(state, event, layers);
}

export function contentOfSnapshot(snapshot: MachineSnapshot) {
  return contentOfWhole(withoutDisk(snapshot));
}

export function neededContent(event: MachineEvent) {
  return ofDisk(event) ? [] : neededByWhole(event);
}

const ofDisk = ({ type }: MachineEvent) => type === 'host:installed' || type === 'host:written';

const emptyDisk = { diffIds: [], patch: { nodes: [], data: [], entries: [] } };

function withoutDisk({ own, ...snapshot }: MachineSnapshot): MachineSnapshot {
  return own ? { ...snapshot, own: { ...own, host: emptyDisk } } : snapshot;
}
