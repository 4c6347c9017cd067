import { type Chance, hex } from '../clock';
import { refused } from '../errors';
import type { PublishedImage } from '../machine';
import { decideTools, type ToolCommand } from './decide-tools';
import type { ClassEvent, Host, SeatId } from './events';
import { freeName, parseName, parseTitle, sameName } from './name';
import type { ClassState, Seat } from './state';

/** What somebody with the right asks of a class. Rights are checked before (`permit`); sense is checked here. */
export type ClassCommand =
  | {
      readonly type: 'class:open';
      readonly id: string;
      readonly code: string;
      readonly title: string;
      readonly host: Host;
    }
  | { readonly type: 'image:publish'; readonly image: PublishedImage }
  | { readonly type: 'image:push'; readonly image: PublishedImage; readonly by: SeatId | 'host' }
  /** `seat`: the id that the request's key makes, so that asking again does not take another. */
  | { readonly type: 'seat:take'; readonly name: string; readonly seat?: SeatId }
  | { readonly type: 'seat:rename'; readonly seat: SeatId; readonly name: string }
  | { readonly type: 'seat:remove'; readonly seat: SeatId }
  | { readonly type: 'class:lock'; readonly locked: boolean }
  | {
      readonly type: 'proof:report';
      readonly viewer: SeatId | 'host';
      readonly manifestDigest: string;
      readonly verified: number;
      readonly total: number;
      readonly ms: number;
    }
  | { readonly type: 'class:end' }
  | ToolCommand;

export interface Circumstances {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly chance: Chance;
  readonly mostSeats: number;
}

/** How many owner colours there are. */
export const colours = 30;

/** Command in, events out; or a Failure whose sentence says what to do, and nothing has happened. */
export function decide(
  state: ClassState | undefined,
  command: ClassCommand,
  circumstances: Circumstances,
): readonly ClassEvent[] {
  const at = circumstances.now;
  if (command.type === 'class:open') {
    if (state) throw refused('class.isOpen');
    return [
      {
        type: 'class:opened',
        id: command.id,
        code: command.code,
        title: parseTitle(command.title),
        host: command.host,
        at,
      },
    ];
  }
  if (command.type === 'class:end' && state?.phase === 'ended') return [];
  const open = openClass(state);
  switch (command.type) {
    case 'image:publish':
      return isPublished(open, command.image) ? [] : [{ type: 'image:published', image: command.image, at }];
    case 'image:push':
      return [{ type: 'image:pushed', image: command.image, by: command.by, at }];
    case 'seat:take':
      return takeSeat(open, command, circumstances);
    case 'seat:rename':
      return [
        {
          type: 'seat:renamed',
          seat: presentSeat(open, command.seat).id,
          name: unusedName(open, command.name, command.seat),
          at,
        },
      ];
    case 'seat:remove':
      return [{ type: 'seat:removed', seat: presentSeat(open, command.seat).id, at }];
    case 'class:lock':
      return open.locked === command.locked ? [] : [{ type: 'class:locked', locked: command.locked, at }];
    case 'proof:report':
      return reportProof(open, command, at);
    case 'class:end':
      return [{ type: 'class:ended', at }];
    default:
      return decideTools(open, command, circumstances);
  }
}

/** The class, or a sentence for somebody who knocks at one that is not open. */
export function openClass(state: ClassState | undefined): ClassState {
  if (!state) throw refused('class.none', { field: 'code' });
  if (state.phase === 'ended') throw refused('class.ended', { field: 'code' });
  return state;
}

export function presentSeat(state: ClassState, id: SeatId): Seat {
  const seat = state.seats.find((other) => other.id === id && !other.removed);
  if (!seat) throw refused('seat.joinAgain', { seat: id });
  return seat;
}

/** The tag points there already: publishing again moves nothing. */
function isPublished({ images }: ClassState, { reference, imageId, manifestDigest }: PublishedImage): boolean {
  const now = images.find((other) => other.reference === reference);
  return now?.imageId === imageId && now.manifestDigest === manifestDigest;
}

function takeSeat(
  state: ClassState,
  { name, seat }: Extract<ClassCommand, { type: 'seat:take' }>,
  circumstances: Circumstances,
): ClassEvent[] {
  const taken = state.seats.find(({ id }) => id === seat);
  return taken ? takeAgain(state, taken, name, circumstances) : [takeNew(state, name, seat, circumstances)];
}

/** Their first try was heard, and the answer lost: it is their seat, under the name that they want now. */
function takeAgain(state: ClassState, { id, name }: Seat, wanted: string, { now }: Circumstances): ClassEvent[] {
  presentSeat(state, id);
  if (parseName(wanted) === name) return [];
  return [{ type: 'seat:renamed', seat: id, name: unusedName(state, wanted, id), at: now }];
}

function takeNew(
  state: ClassState,
  text: string,
  seat: SeatId | undefined,
  { now, chance, mostSeats }: Circumstances,
): ClassEvent {
  if (state.locked) throw refused('class.locked');
  const present = state.seats.filter((seat) => !seat.removed).length;
  if (present >= mostSeats) throw refused('class.full', { most: mostSeats });
  return {
    type: 'seat:taken',
    seat: seat ?? hex(chance, 8),
    name: unusedName(state, text),
    colour: freeColour(state),
    at: now,
  };
}

function unusedName(state: ClassState, text: string, except?: SeatId): string {
  const name = parseName(text);
  const taken = state.seats.filter((seat) => seat.id !== except && !seat.removed).map((seat) => seat.name);
  if (!taken.some((other) => sameName(other, name))) return name;
  const offer = freeName(name, taken);
  throw refused('name.taken', { name, offer, field: 'name' });
}

/** The least used colour, so that neighbours differ while the class is small. */
function freeColour(state: ClassState): number {
  const uses = new Array<number>(colours).fill(0);
  for (const seat of state.seats) if (!seat.removed) uses[seat.colour] = (uses[seat.colour] ?? 0) + 1;
  // Steps of 11 walk round the wheel of 30 so that the first arrivals are far apart.
  const order = uses.map((_, index) => (index * 11) % colours);
  return order.reduce((best, colour) => ((uses[colour] ?? 0) < (uses[best] ?? 0) ? colour : best));
}

function reportProof(
  state: ClassState,
  command: Extract<ClassCommand, { type: 'proof:report' }>,
  at: number,
): ClassEvent[] {
  const { viewer, manifestDigest, verified, total, ms } = command;
  const before = state.proofs[viewer];
  if (before && before.manifestDigest === manifestDigest && before.verified === verified && before.total === total)
    return [];
  return [{ type: 'proof:reported', viewer, manifestDigest, verified, total, ms, at }];
}
