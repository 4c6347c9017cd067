import { refused } from '../../lib/errors';
import { machineOf } from '../classes';
import type { ClassAnswers } from './answers';
import { notYours, type Standing } from './person';

/** Containers as they were: whoever may see one now may see it then. */
export const earlierAnswers: Pick<ClassAnswers, 'earlier:list' | 'earlier:get' | 'earlier:last'> = {
  async 'earlier:list'({ machine, container }, { classes, machines }, standing) {
    const owner = seenOwner(standing, machine);
    await classes.ready(standing.id, owner);
    const points = await machines.earlier(machine, container);
    // What was typed is its person's, and the teacher's, who may undo it.
    const mayRead = standing.role === 'host' || standing.seat === owner;
    return { points: mayRead ? points : points.map(({ text: _, ...point }) => point) };
  },

  async 'earlier:get'({ machine, container, version }, { classes, machines, contents }, standing) {
    await classes.ready(standing.id, seenOwner(standing, machine));
    const state = await machines.past(machine, version, container);
    if (!state) throw refused('earlier.gone');
    await contents.shown(standing.id, machine, state);
    return { state };
  },

  async 'earlier:last'({ machine, container }, { classes, machines, contents }, standing) {
    await classes.ready(standing.id, seenOwner(standing, machine));
    const last = await machines.last(machine, container);
    if (!last) throw refused('earlier.gone');
    await contents.shown(standing.id, machine, last.state);
    return last;
  },
};

/** Whose computer it is, if this person may see its containers: those who may watch the board, and everybody their own. */
function seenOwner({ id, role, seat, state }: Standing, machine: string): string {
  const owner = machine.slice(id.length + 1);
  const present = owner === 'host' || state.seats.some((one) => one.id === owner && !one.removed);
  if (machine !== machineOf(id, owner) || !present) throw notYours();
  if (role === 'seat' && owner !== seat && !state.rules.compare) throw refused('compare.closed');
  return owner;
}
