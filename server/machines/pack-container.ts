import type { ContainerId } from '../../lib/container';
import type { ContentStore, Digest } from '../../lib/content';
import { createEngine, type Runtime } from '../../lib/engine';
import { Failure, type FailureCode, refused, type Values } from '../../lib/errors';
import type { MachineState } from '../../lib/machine';
import type { Layers } from '../../lib/snapshot';
import { randomChance, wallClock } from './surroundings';

/** A container made into something that travels, or why it was not. */
export type Packed =
  | { readonly ok: true; readonly how: 'commit'; readonly imageId: Digest; readonly name: string }
  | { readonly ok: true; readonly how: 'export'; readonly tar: Uint8Array; readonly name: string }
  | { readonly ok: false; readonly code: FailureCode; readonly message: string; readonly detail: Values };

/**
 * `docker commit` and `docker export` of a container, beside the student's computer: an engine that is thrown away does it on
 * the same state, so that the computer's own images and its stream stay as they are.
 */
export function packContainer(
  state: MachineState,
  container: string,
  how: 'commit' | 'export',
  surroundings: { readonly content: ContentStore; readonly layers: Layers },
): Packed {
  const record = state.engine.containers.get(container as ContainerId);
  if (!record) return why(refused('container.gone'));
  const engine = createEngine({
    ...surroundings,
    state: state.engine,
    clock: wallClock,
    chance: randomChance,
    runtime: nothingRuns,
    emit: () => {},
  });
  const { name } = record;
  try {
    if (how === 'export') return { ok: true, how, name, tar: engine.exportContainer(container) };
    return { ok: true, how, name, imageId: engine.commit(container, {}) as unknown as Digest };
  } catch (error) {
    if (error instanceof Failure) return why(error);
    throw error;
  }
}

const why = ({ code, message, detail }: Failure): Packed => ({ ok: false, code, message, detail });

const never = (): never => {
  throw new Failure('internal', 'nothing runs in an engine that is made for packing');
};

const nothingRuns: Runtime = {
  start: never,
  exec: never,
  top: () => [],
  usage: never,
  hostPath: () => undefined,
  freePort: never,
};
