/**
 * What of a class each viewer may see. Hosts see everything. A student does not see notes between others, predictions before
 * they are revealed, nor (when the host wants it so) others' names. Whoever has only a view link sees what a student sees
 * who has no seat.
 *
 * Events are filtered for the wire and states for snapshots by the same rules: evolving the filtered events gives the filtered
 * state (a property test).
 */
import type { ClassEvent, Note, SeatId } from './events';
import type { ClassState, RoundState, Seat } from './state';

export type Viewer =
  | { readonly role: 'host' }
  | { readonly role: 'seat'; readonly seat: SeatId }
  | { readonly role: 'viewer' };

/** The event as this viewer may see it; undefined when it is none of theirs. */
export function eventFor(event: ClassEvent, viewer: Viewer, namesShown: boolean): ClassEvent | undefined {
  if (viewer.role === 'host') return event;
  const own = ownSeat(viewer);
  switch (event.type) {
    case 'note:sent':
      return mayRead(event.note, own) ? event : undefined;
    case 'round:answered':
      return event.seat === own ? event : { ...event, answer: null };
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
  return {
    ...state,
    seats: state.rules.names ? state.seats : state.seats.map((seat) => nameless(seat, own)),
    notes: state.notes.filter((note) => mayRead(note, own)),
    ...(state.round && { round: roundFor(state.round, own) }),
  };
}

/** Whether an event is the same for everybody, so that it can be said once to a whole room. */
export function isPublic(event: ClassEvent): boolean {
  if (event.type === 'note:sent') return event.note.to === 'all';
  return event.type !== 'round:answered';
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
