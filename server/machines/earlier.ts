import { pointsOf } from '../../lib/compare';
import { type MachineState, onlyContainer, type Recall } from '../../lib/machine';
import type { EarlierPoint } from '../../lib/protocol';
import type { Last } from './messages';

/** The moments at which this container was about to change, the newest first. */
export async function earlierPoints(
  now: MachineState,
  container: string,
  recall: Recall,
): Promise<readonly EarlierPoint[]> {
  const pasts = await recall(now.moments.map(({ version }) => version));
  const engines = [...pasts].map(([version, { engine }]) => ({ version, engine }));
  const compared = pointsOf(container, engines, now.engine);
  let step = compared.next();
  for (; !step.done; step = compared.next()) await new Promise((resolve) => setImmediate(resolve));
  return step.value
    .flatMap(({ version, paths }) => {
      const moment = now.moments.find((one) => one.version === version);
      return moment ? { ...moment, paths } : [];
    })
    .reverse();
}

/**
 * The computer with a container alone that it had, by the beginning of its id, as it was at the last moment at which it was there. What
 * took it away was a command, which has a moment, unless nothing had been written in it.
 */
export async function lastOf(
  now: MachineState,
  container: string,
  recall: Recall,
): Promise<Last<MachineState> | undefined> {
  const pasts = await recall(now.moments.map(({ version }) => version));
  for (const [version, past] of [...pasts].reverse()) {
    const id = [...past.engine.containers.keys()].find((one) => one.startsWith(container));
    const state = id && onlyContainer(past, id);
    if (state) return { version, state };
  }
  return undefined;
}

/** The computer with this container alone, as it was then. Undefined: it was not there, or that is too long ago. */
export async function pastContainer(
  version: number,
  container: string,
  recall: Recall,
): Promise<MachineState | undefined> {
  const past = (await recall([version])).get(version);
  return past && onlyContainer(past, container);
}
