import type { ContainerId } from '../container';
import { emptyEngine } from '../engine';
import type { MachineState } from './state';

/** The computer with nothing on it but one container, its sheet and its image. Undefined: it had none of this id. */
export function onlyContainer(state: MachineState, id: string): MachineState | undefined {
  const record = state.engine.containers.get(id as ContainerId);
  const stored = record && state.engine.sheets.get(record.snapshot);
  if (!stored) return undefined;
  const image = state.engine.images.byId.get(record.imageId);
  const engine = {
    ...emptyEngine,
    containers: new Map([[record.id, record]]),
    sheets: new Map([[record.snapshot, stored]]),
    images: { ...emptyEngine.images, byId: new Map(image && [[record.imageId, image]]) },
  };
  return { ...state, engine };
}
