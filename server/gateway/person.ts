import type { ClassState, Role } from '../../lib/classroom';
import { openClass, parseCode, permit, presentSeat } from '../../lib/classroom';
import { Failure } from '../../lib/errors';
import type { RequestType } from '../../lib/protocol';
import type { Signed } from '../auth';
import { type Classes, machineOf } from '../classes';

/** Who is at the other end of a socket. Rights are looked up in the class at every request: a removed seat has none. */
export interface Person {
  readonly host?: Signed;
  /** Class id → the seat held there. */
  readonly seats: Map<string, string>;
}

/** A person who asks something of one class, with the right to ask it. */
export interface Standing {
  readonly id: string;
  readonly state: ClassState;
  readonly role: Role;
  /** A seat's id, `host`, or nothing for a stranger. */
  readonly seat?: string;
}

/** What goes on after a class has ended: looking at it. */
const afterEnd: ReadonlySet<RequestType> = new Set([
  'class:watch',
  'board:watch',
  'machine:watch',
  'content:get',
  'seat:look',
]);

/** @throws Failure when there is no such class, it has ended, or this is not theirs to ask. */
export async function standingIn(classes: Classes, person: Person, code: string, type: RequestType): Promise<Standing> {
  const id = await classes.find(parseCode(code));
  const state = id === undefined ? undefined : await classes.state(id);
  if (!id || !state) throw permit('stranger', type) || person.host ? nobody() : notYours();
  const seat = person.seats.get(id);
  const standing: Standing =
    person.host && state.host.id === person.host.id
      ? { id, state, role: 'host', seat: 'host' }
      : seat
        ? { id, state, role: 'seat', seat: presentSeat(state, seat).id }
        : { id, state, role: 'stranger' };
  if (!permit(standing.role, type)) throw notYours();
  if (!afterEnd.has(type)) openClass(state);
  return standing;
}

/** One's own machine: nobody else's terminal is anybody's to see or to type at. */
export function ownMachine({ id, seat }: Standing, machine: string): string {
  if (!seat || machine !== machineOf(id, seat)) throw notYours();
  return machine;
}

export function notYours(): Failure {
  return new Failure('forbidden', 'This is not yours to do here.');
}

/** The sentence of lib/classroom for a code that leads nowhere. */
function nobody(): unknown {
  try {
    return openClass(undefined);
  } catch (error) {
    return error;
  }
}
