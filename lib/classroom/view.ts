/**
 * What of a class each viewer may see. Hosts see everything. A student does not see notes between others, predictions before
 * they are revealed, rounds that are over, nor (when the host wants it so) others' names. Whoever has only a view link sees what a student sees
 * who has no seat.
 *
 * Events are filtered for the wire and states for snapshots by the same rules: evolving the filtered events gives the filtered
 * state (a property test).
 */
import type { ClassEvent, Note, SeatId, Spotlight } from './events';
import type { Role } from './permit';
import type { ClassState, RoundState, Seat } from './state';

export type Viewer =
  | { readonly role: 'host' }
  /** `desk`: somebody whose page shows their own computer and no roster. Of the others they hear how many there are. */
  | { readonly role: 'seat'; readonly seat: SeatId; readonly desk?: boolean }
  | { readonly role: 'viewer' };

/**
 * Who is told how a student is doing: when they last did something, the line that they are stuck on, what they seem to believe. It is what
 * a teacher needs in order to help, and nobody else's to know: not the student's, to whom a guess is not a finding, not a classmate's
 * beside whose sheet it would stand, and not that of whoever has a view link, which is passed on to people who have signed in nowhere.
 */
export function seesPeople({ role }: { readonly role: Role }): boolean {
  return role === 'host';
}

/** The class as it is after the events that are told, as far as what is told depends on it. */
type Now = Pick<ClassState, 'rules' | 'seats' | 'present' | 'spotlight' | 'round'>;

/** Events as this viewer may see and wants to know them, in their order. */
export function eventsFor(events: readonly ClassEvent[], viewer: Viewer, now: Now): ClassEvent[] {
  const seen = events.flatMap((event) => eventFor(event, viewer, now.rules.names) ?? []);
  return isDesk(viewer) ? atDesk(seen, viewer.seat, now) : seen;
}

/** The event as this viewer may see it; undefined when it is none of theirs. */
function eventFor(event: ClassEvent, viewer: Viewer, namesShown: boolean): ClassEvent | undefined {
  if (viewer.role === 'host') return event;
  const own = ownSeat(viewer);
  switch (event.type) {
    case 'note:sent':
      return mayRead(event.note, own) ? event : undefined;
    case 'round:answered':
      return event.seat === own ? event : { ...event, answer: null };
    case 'round:closed':
      return { ...event, kept: false };
    case 'seat:taken':
    case 'seat:renamed':
      return namesShown || event.seat === own ? event : { ...event, name: '' };
    default:
      return event;
  }
}

export function stateFor(state: ClassState, viewer: Viewer): ClassState {
  if (viewer.role === 'host') return state;
  const own = ownSeat(viewer);
  const seen = {
    ...state,
    seats: state.rules.names ? state.seats : state.seats.map((seat) => nameless(seat, own)),
    notes: state.notes.filter((note) => mayRead(note, own)),
    ...(state.round && { round: roundFor(state.round, own) }),
    // No page of theirs shows them, and each would be told hundreds of answers once more for every round.
    past: undefined,
  };
  return isDesk(viewer) ? deskOf(seen, viewer.seat) : seen;
}

// At a desk: the own seat, and numbers.

type Desk = Extract<Viewer, { role: 'seat' }>;

const isDesk = (viewer: Viewer): viewer is Desk => viewer.role === 'seat' && viewer.desk === true;

/** True for what happens to one person and, at the others' desks, at most changes a number. It can wait for company. */
export function isOfOne(event: ClassEvent): boolean {
  return /^(seat:(taken|removed)|proof:reported|round:answered)$/.test(event.type);
}

function deskOf(state: ClassState, own: SeatId): ClassState {
  const only = <T>(of: Readonly<Record<string, T>>) => (of[own] ? { [own]: of[own] } : {});
  return {
    ...state,
    seats: state.seats.filter(({ id }) => id === own),
    proofs: only(state.proofs),
    looks: only(state.looks),
    ...(state.spotlight && { spotlight: named(state.spotlight, state) }),
  };
}

function atDesk(events: readonly ClassEvent[], own: SeatId, now: Now): ClassEvent[] {
  const told = events.flatMap((event) => deskEvent(event, own, now));
  const counts = events.some((event) => isOfOne(event) && whose(event) !== own);
  const { present, round } = now;
  return counts ? [...told, { type: 'seats:counted', present, ...(round && { answered: round.answered }) }] : told;
}

function deskEvent(event: ClassEvent, own: SeatId, now: Now): ClassEvent[] {
  switch (event.type) {
    case 'spotlight:moved':
      return [event.spotlight ? { ...event, spotlight: named(event.spotlight, now) } : event];
    case 'seat:renamed':
      return [...(event.seat === own ? [event] : []), ...renamedInSpotlight(event, now)];
    case 'seat:removed':
      // The seat's hand goes down with it.
      return event.seat === own ? [event] : [{ type: 'hand:lowered', seat: event.seat, at: event.at }];
    case 'seat:taken':
    case 'proof:reported':
    case 'round:answered':
    case 'look:asked':
    case 'look:granted':
    case 'look:ended':
      return whose(event) === own ? [event] : [];
    default:
      return [event];
  }
}

/** Whose seat an event is about, if one's. */
function whose(event: ClassEvent): SeatId | undefined {
  if (event.type === 'proof:reported') return event.viewer;
  return 'seat' in event ? event.seat : undefined;
}

/** Who is in the spotlight is known at a desk by the spotlight alone. */
function renamedInSpotlight(event: Extract<ClassEvent, { type: 'seat:renamed' }>, now: Now): ClassEvent[] {
  const { spotlight } = now;
  if (spotlight?.kind !== 'seat' || spotlight.seat !== event.seat) return [];
  return [{ type: 'spotlight:moved', spotlight: named(spotlight, now), at: event.at }];
}

function named(spotlight: Spotlight, { seats, rules }: Pick<Now, 'seats' | 'rules'>): Spotlight {
  if (spotlight.kind !== 'seat') return spotlight;
  const name = rules.names ? seats.find(({ id }) => id === spotlight.seat)?.name : '';
  return { ...spotlight, name: name ?? '' };
}

/** Whether an event is the same for everybody, so that it can be said once to a whole room. */
export function isPublic(event: ClassEvent): boolean {
  if (event.type === 'note:sent') return event.note.to === 'all';
  return event.type !== 'round:answered' && event.type !== 'round:closed';
}

const ownSeat = (viewer: Viewer): SeatId | undefined => (viewer.role === 'seat' ? viewer.seat : undefined);

function mayRead({ from, to }: Note, own: SeatId | undefined): boolean {
  return to === 'all' || (own !== undefined && (from === own || to === own));
}

function nameless(seat: Seat, own: SeatId | undefined): Seat {
  return seat.id === own ? seat : { ...seat, name: '' };
}

function roundFor(round: RoundState, own: SeatId | undefined): RoundState {
  if (round.revealed) return round;
  const mine = own === undefined ? undefined : round.answers[own];
  return { ...round, answers: own !== undefined && mine ? { [own]: mine } : {} };
}
