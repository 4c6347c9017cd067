import { Failure } from '../errors';
import type { ClassEvent } from './events';
import { evolveTools } from './evolve-tools';
import type { ClassState, Seat } from './state';

/** The one way a class changes. Pure: the same events give the same state everywhere. */
export function evolveClass(state: ClassState | undefined, event: ClassEvent): ClassState {
  if (event.type === 'class:opened') return opened(event);
  if (!state) throw new Failure('corrupt', `a class stream must begin with class:opened, not ${event.type}`);
  switch (event.type) {
    case 'image:published':
      return { ...state, images: published(state, event) };
    case 'image:pushed':
      return {
        ...state,
        pushed: [...state.pushed.filter(({ reference }) => reference !== event.image.reference), event.image],
      };
    case 'seat:taken':
      return {
        ...state,
        present: state.present + 1,
        seats: [
          ...state.seats,
          { id: event.seat, name: event.name, colour: event.colour, takenAt: event.at, removed: false },
        ],
      };
    case 'seat:renamed':
      return withSeat(state, event.seat, { name: event.name });
    case 'seat:removed':
      return withoutTraces(removed(state, event.seat), event.seat);
    case 'seats:counted':
      return counted(state, event);
    case 'class:locked':
      return { ...state, locked: event.locked };
    case 'proof:reported': {
      const { manifestDigest, verified, total, ms, at } = event;
      return { ...state, proofs: { ...state.proofs, [event.viewer]: { manifestDigest, verified, total, ms, at } } };
    }
    case 'class:ended':
      return { ...state, phase: 'ended', frozen: true, looks: {} };
    default:
      return evolveTools(state, event);
  }
}

const nothingYet = {
  phase: 'open',
  locked: false,
  frozen: false,
  rules: { compare: true, names: true },
  links: 0,
  images: [],
  pushed: [],
  seats: [],
  present: 0,
  proofs: {},
  hands: [],
  notes: [],
  looks: {},
} as const;

function opened({ id, code, title, host, at }: Extract<ClassEvent, { type: 'class:opened' }>): ClassState {
  return { ...nothingYet, id, code, title, host, hosts: [host], openedAt: at };
}

function published(
  state: ClassState,
  { image, at }: Extract<ClassEvent, { type: 'image:published' }>,
): ClassState['images'] {
  const next = { ...image, publishedAt: at };
  const known = state.images.some((other) => other.reference === image.reference);
  return known
    ? state.images.map((other) => (other.reference === image.reference ? next : other))
    : [...state.images, next];
}

function withSeat(state: ClassState, id: string, change: Partial<Seat>): ClassState {
  return { ...state, seats: state.seats.map((seat) => (seat.id === id ? { ...seat, ...change } : seat)) };
}

function removed(state: ClassState, seat: string): ClassState {
  const was = state.seats.some(({ id, removed }) => id === seat && !removed);
  return withSeat({ ...state, present: state.present - (was ? 1 : 0) }, seat, { removed: true });
}

function counted(state: ClassState, { present, answered }: Extract<ClassEvent, { type: 'seats:counted' }>): ClassState {
  const round = state.round && answered !== undefined ? { ...state.round, answered } : state.round;
  return { ...state, present, ...(round && { round }) };
}

/** Nobody waits for the hand, or looks over the shoulder, of somebody who has gone. */
function withoutTraces(state: ClassState, seat: string): ClassState {
  const { [seat]: _, ...looks } = state.looks;
  return { ...state, looks, hands: state.hands.filter((hand) => hand.seat !== seat) };
}
