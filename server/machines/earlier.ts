import { pointsOf } from '../../lib/compare';
import { type MachineState, onlyContainer, type Recall } from '../../lib/machine';
import type { EarlierPoint } from '../../lib/protocol';

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

/** The computer with this container alone, as it was then. Undefined: it was not there, or that is too long ago. */
export async function pastContainer(
  version: number,
  container: string,
  recall: Recall,
): Promise<MachineState | undefined> {
  const past = (await recall([version])).get(version);
  return past && onlyContainer(past, container);
}
