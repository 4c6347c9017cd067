import type { ContainerRecord } from '../container';
import type { EngineState } from '../engine';
import { unreachable } from '../errors';
import { changes } from '../snapshot';
import type { Condition, Lesson } from './lesson';

/** What a goal is looked at with: one student's engine, and the class's image. */
export interface Situation {
  readonly engine: EngineState;
  /** Ids of the configurations that the class has published under its reference. */
  readonly imageIds: ReadonlySet<string>;
}

/** Whether a goal is reached, by state alone. */
export function met(condition: Condition, situation: Situation): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((each) => met(each, situation));
    case 'any':
      return condition.of.some((each) => met(each, situation));
    case 'not':
      return !met(condition.of, situation);
    case 'container':
      return (
        ownContainers(situation).filter((record) => fits(record, condition, situation)).length >= (condition.count ?? 1)
      );
    case 'committed':
      return hasCommitted(situation);
    default:
      return unreachable(condition);
  }
}

/** How many steps of a lesson are done: steps are met in order, and those done before stay done. */
export function progress(lesson: Lesson, done: number, situation: Situation): number {
  let next = done;
  // One step a look: a state that would satisfy two steps at once has only shown the first.
  if (next < lesson.steps.length && met(lesson.steps[next]!.goal, situation)) next++;
  return next;
}

function ownContainers({ engine, imageIds }: Situation): ContainerRecord[] {
  return [...engine.containers.values()].filter((record) => imageIds.has(record.imageId));
}

type ContainerGoal = Extract<Condition, { kind: 'container' }>;

function fits(record: ContainerRecord, goal: ContainerGoal, { engine }: Situation): boolean {
  if (goal.name !== undefined && record.name !== goal.name) return false;
  if (goal.state !== undefined && record.state.state !== goal.state) return false;
  if (!goal.changes) return true;
  const sheet = engine.sheets.get(record.snapshot)?.sheet;
  const found = sheet ? changes(sheet.lower, sheet) : [];
  return goal.changes.every((want) =>
    found.some((change) => change.path === want.path && (!want.kind || change.kind === want.kind)),
  );
}

/** An image that people named themselves, standing on all the layers of a published one with one more on top. */
function hasCommitted({ engine, imageIds }: Situation): boolean {
  const published = [...imageIds].flatMap((id) => [...engine.images.byId.values()].filter((image) => image.id === id));
  const own = [...engine.images.tags.values()].filter((id) => !imageIds.has(id));
  return own.some((id) => {
    const image = engine.images.byId.get(id);
    return published.some(
      (base) =>
        image &&
        image.diffIds.length > base.diffIds.length &&
        base.diffIds.every((diffId, index) => image.diffIds[index] === diffId),
    );
  });
}
