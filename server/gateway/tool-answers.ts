import type { ClassCommand, ClassState } from '../../lib/classroom';
import type { Outcome } from '../../lib/machine';
import type { RefusedBy } from '../../lib/protocol';
import { idBy, machineOf } from '../classes';
import type { Asking, ClassAnswers } from './answers';
import { notYours, type Standing, seatMeant } from './person';
import { settled } from './refusal';

/** A request that is one command to the class, and nothing else. */
async function order({ classes }: Asking, { id }: Standing, command: ClassCommand): Promise<object> {
  await classes.ask(id, command);
  return {};
}

/** The same asked of the computers of these seats, or of all; by seat. */
function everywhere(
  { id, state }: Standing,
  seats: readonly string[] | undefined,
  ask: (machine: string) => Promise<Outcome>,
) {
  const wanted = presentSeats(state).filter((seat) => !seats || seats.includes(seat));
  return Promise.all(
    wanted.map(async (seat): Promise<readonly [string, Outcome]> => [seat, await ask(machineOf(id, seat))]),
  );
}

/** Those that did not do it, and why. */
function refusedBy(outcomes: readonly (readonly [string, Outcome])[]): readonly RefusedBy[] {
  return outcomes.flatMap(([seat, outcome]) => {
    if (outcome.ok) return (outcome.refused ?? []).map((one) => ({ seat, ...one }));
    return [{ seat, message: outcome.message, ...(outcome.detail && { detail: outcome.detail }) }];
  });
}

const presentSeats = (state: ClassState) => state.seats.filter(({ removed }) => !removed).map(({ id }) => id);

type ToolRequest =
  | 'class:freeze'
  | 'rules:set'
  | 'link:make'
  | 'links:revoke'
  | 'hand:raise'
  | 'hand:lower'
  | 'note:send'
  | 'spotlight:move'
  | 'look:ask'
  | 'look:grant'
  | 'look:end'
  | 'round:open'
  | 'round:answer'
  | 'round:reveal'
  | 'round:close'
  | 'everyone:run'
  | 'everyone:give'
  | 'machine:undo'
  | 'machine:reset';

/** The teaching tools: what a host does with a class, and a student with a hand. */
export const toolAnswers: Pick<ClassAnswers, ToolRequest> = {
  'class:freeze': ({ frozen }, asking, standing) => order(asking, standing, { type: 'class:freeze', frozen }),
  'rules:set': ({ compare, names }, asking, standing) =>
    order(asking, standing, { type: 'rules:set', rules: { compare, names } }),
  'link:make': async ({ kind }, { tokens }, { id, state }) => ({
    token: tokens.link({ classId: id, kind, links: state.links }),
  }),
  'links:revoke': (_, asking, standing) => order(asking, standing, { type: 'links:revoke' }),
  'hand:raise': (_, asking, standing) => order(asking, standing, { type: 'hand:raise', seat: standing.seat! }),
  'hand:lower': ({ seat }, asking, standing) =>
    order(asking, standing, { type: 'hand:lower', seat: seatMeant(standing, seat) }),

  async 'note:send'({ to, text, key }, asking, standing) {
    // Students write to their teacher, not to one another.
    if (standing.role !== 'host' && to !== 'host') throw notYours();
    const [from, id] = [standing.seat!, key && idBy(key, `${standing.id}.${standing.seat}`)];
    return order(asking, standing, { type: 'note:send', from, to, text, ...(id && { id }) });
  },

  'spotlight:move': ({ spotlight }, asking, standing) => order(asking, standing, { type: 'spotlight:move', spotlight }),
  'look:ask': ({ seat }, asking, standing) =>
    order(asking, standing, { type: 'look:ask', seat, by: asking.person.host!.id }),
  'look:grant': ({ typing }, asking, standing) =>
    order(asking, standing, { type: 'look:grant', seat: standing.seat!, typing }),
  'look:end': ({ seat }, asking, standing) =>
    order(asking, standing, { type: 'look:end', seat: seatMeant(standing, seat) }),
  'round:open': ({ lesson, step }, asking, standing) => order(asking, standing, { type: 'round:open', lesson, step }),
  'round:answer': ({ option, sure }, asking, standing) =>
    order(asking, standing, { type: 'round:answer', seat: standing.seat!, answer: { option, sure } }),
  'round:reveal': (_, asking, standing) => order(asking, standing, { type: 'round:reveal' }),
  'round:close': (_, asking, standing) => order(asking, standing, { type: 'round:close' }),

  async 'everyone:run'({ line, seats }, { machines }, standing) {
    const imageIds = standing.state.images.map(({ imageId }) => imageId);
    const outcomes = await everywhere(standing, seats, (machine) =>
      machines.beside(machine, { type: 'container:run', line, imageIds }),
    );
    return {
      answers: outcomes.flatMap(([seat, outcome]) =>
        outcome.ok ? (outcome.answers ?? []).map((answer) => ({ seat, ...answer })) : [],
      ),
      refused: refusedBy(outcomes),
    };
  },

  async 'everyone:give'({ path, text, inside, seats }, { machines }, standing) {
    const outcomes = await everywhere(standing, seats, (machine) =>
      machines.run(machine, { type: 'file:give', path, text, inside }),
    );
    return {
      given: outcomes.reduce((sum, [, outcome]) => sum + (outcome.ok ? (outcome.given ?? 0) : 0), 0),
      refused: refusedBy(outcomes),
    };
  },

  async 'machine:undo'({ seat }, { machines }, standing) {
    settled(await machines.run(machineOf(standing.id, machineSeat(standing, seat)), { type: 'sheet:undo' }));
    return {};
  },

  async 'machine:reset'({ seat }, { classes }, standing) {
    await classes.remake(standing.id, machineSeat(standing, seat));
    return {};
  },
};

/** A host without a named seat means the host's own computer. */
function machineSeat(standing: Standing, seat: string | undefined): string {
  const meant = seatMeant(standing, seat ?? standing.seat);
  if (meant !== 'host' && !presentSeats(standing.state).includes(meant)) throw notYours();
  return meant;
}
