import type { ClassState, Role, Viewer } from '../../lib/classroom';
import { openClass, parseCode, permit, presentSeat } from '../../lib/classroom';
import { type Failure, refused } from '../../lib/errors';
import type { RequestType } from '../../lib/protocol';
import type { Signed } from '../auth';
import { type Classes, machineOf } from '../classes';

/** Who is at the other end of a socket. Rights are looked up in the class at every request: a removed seat has none. */
export interface Person {
  readonly host?: Signed;
  /** Class id → the seat held there. */
  readonly seats: Map<string, string>;
  /** Class id → the number of links when this view link was made. */
  views?: ReadonlyMap<string, number>;
}

/** A person who asks something of one class, with the right to ask it. */
export interface Standing {
  readonly id: string;
  readonly state: ClassState;
  readonly role: Role;
  /** A seat's id, `host`, or nothing. */
  readonly seat?: string;
}

/** What goes on after a class has ended: looking at it, and hearing that it has. */
const afterEnd: ReadonlySet<RequestType> = new Set([
  'class:end',
  'class:watch',
  'board:watch',
  'machine:watch',
  'content:get',
  'earlier:list',
  'earlier:get',
  'earlier:last',
  'seat:look',
]);

/** @throws Failure when there is no such class, it has ended, or this is not theirs to ask. */
export async function standingIn(classes: Classes, person: Person, code: string, type: RequestType): Promise<Standing> {
  const id = await classes.find(parseCode(code));
  const state = id === undefined ? undefined : await classes.state(id);
  if (!id || !state) throw permit('stranger', type) || person.host ? nobody() : notYours();
  return standingAs(id, state, person, type);
}

/**
 * As `standingIn`, of what is known now. Whoever waited for something and goes on listening asks this last, in one turn of the
 * event loop with it: a right that ended meanwhile is ended.
 */
export function stillStanding(classes: Classes, person: Person, id: string, type: RequestType): Standing {
  const state = classes.known(id);
  if (!state) throw notYours();
  return standingAs(id, state, person, type);
}

function standingAs(id: string, state: ClassState, person: Person, type: RequestType): Standing {
  const standing = { id, state, ...roleIn(state, person) };
  if (!permit(standing.role, type)) throw notYours();
  if (!afterEnd.has(type)) openClass(state);
  return standing;
}

function roleIn(state: ClassState, { host, seats, views }: Person): { role: Role; seat?: string } {
  if (host && state.hosts.some(({ id }) => id === host.id)) return { role: 'host', seat: 'host' };
  const seat = seats.get(state.id);
  if (seat) return { role: 'seat', seat: presentSeat(state, seat).id };
  return { role: views?.get(state.id) === state.links ? 'viewer' : 'stranger' };
}

/** Whose computers there are in a class: the host's, and those of everybody who has a seat. */
export function peopleIn({ seats }: ClassState): readonly string[] {
  return ['host', ...seats.filter(({ removed }) => !removed).map(({ id }) => id)];
}

/** As lib/classroom's view wants to know it. */
export function viewerOf({ role, seat }: Standing, roster = true): Viewer {
  if (role === 'host') return { role };
  return role === 'seat' ? { role, seat: seat!, desk: !roster } : { role: 'viewer' };
}

/** The seat that a request is about: one's own, or for a host the one that it names. */
export function seatMeant({ role, seat }: Standing, named: string | undefined): string {
  const meant = role === 'host' ? named : (named ?? seat);
  if (meant === undefined) throw refused('seat.unsaid', { field: 'seat' });
  if (role !== 'host' && meant !== seat) throw notYours();
  return meant;
}

/**
 * Whose terminal is whose: one's own always; a student's is a host's with that student's consent, to type at only if the
 * consent says so.
 */
export function mayTouch(standing: Standing, person: Person, machine: string, how: 'see' | 'type'): 'own' | 'guest' {
  const { id, state, role, seat } = standing;
  if (seat && machine === machineOf(id, seat)) return 'own';
  if (role === 'host') {
    const look = state.looks[machine.slice(id.length + 1)];
    const agreed = look && look.state !== 'asked' && look.by === person.host?.id && machine.startsWith(`${id}.`);
    if (agreed && (how === 'see' || look.state === 'typing')) return 'guest';
  }
  throw notYours();
}

/** The screen of the host's terminal is everybody's who is in the class, while it is in the spotlight. */
export function mayFollow({ role, state }: Standing): void {
  if (role !== 'host' && state.spotlight?.kind !== 'terminal') throw notYours();
}

/** Comparisons are open to students as the host wants. */
export function mayCompare({ role, state }: Standing): boolean {
  return role !== 'seat' || state.rules.compare;
}

export function notYours(): Failure {
  return refused('right.none');
}

/** The sentence of lib/classroom for a code that leads nowhere. */
function nobody(): unknown {
  try {
    return openClass(undefined);
  } catch (error) {
    return error;
  }
}
