import { hex } from '../clock';
import { refused, unreachable } from '../errors';
import type { Circumstances } from './decide';
import type { ClassEvent, Host, RoundAnswer, Rules, SeatId, Spotlight } from './events';
import type { ClassState, Look, Seat } from './state';

/** The teaching tools, as they are asked for. */
export type ToolCommand =
  | { readonly type: 'class:freeze'; readonly frozen: boolean }
  | { readonly type: 'rules:set'; readonly rules: Rules }
  | { readonly type: 'host:join'; readonly host: Host }
  | { readonly type: 'links:revoke' }
  | { readonly type: 'hand:raise'; readonly seat: SeatId }
  | { readonly type: 'hand:lower'; readonly seat: SeatId }
  | {
      readonly type: 'note:send';
      /** As the request's key makes it: asked again it is the same note. */
      readonly id?: string;
      readonly from: SeatId | 'host';
      readonly to: SeatId | 'host' | 'all';
      readonly text: string;
    }
  | { readonly type: 'spotlight:move'; readonly spotlight: Spotlight | null }
  | { readonly type: 'look:ask'; readonly seat: SeatId; readonly by: string }
  | { readonly type: 'look:grant'; readonly seat: SeatId; readonly typing: boolean }
  | { readonly type: 'look:end'; readonly seat: SeatId }
  | { readonly type: 'round:open'; readonly lesson: string; readonly step: string }
  | { readonly type: 'round:answer'; readonly seat: SeatId; readonly answer: RoundAnswer }
  | { readonly type: 'round:reveal' }
  | { readonly type: 'round:close' };

/** Characters of a note. */
export const longestNote = 2000;

export function decideTools(
  state: ClassState,
  command: ToolCommand,
  { now: at, chance }: Circumstances,
): readonly ClassEvent[] {
  switch (command.type) {
    case 'class:freeze':
      return state.frozen === command.frozen ? [] : [{ type: 'class:frozen', frozen: command.frozen, at }];
    case 'rules:set':
      return [{ type: 'rules:set', rules: command.rules, at }];
    case 'host:join':
      return state.hosts.some((host) => host.id === command.host.id)
        ? []
        : [{ type: 'host:joined', host: command.host, at }];
    case 'links:revoke':
      return [{ type: 'links:revoked', at }];
    case 'hand:raise':
      return handOf(state, command.seat) ? [] : [{ type: 'hand:raised', seat: seatHere(state, command.seat).id, at }];
    case 'hand:lower':
      return handOf(state, command.seat) ? [{ type: 'hand:lowered', seat: command.seat, at }] : [];
    case 'note:send': {
      const { id = hex(chance, 6), from, to, text } = command;
      if (state.notes.some((note) => note.id === id)) return [];
      return [{ type: 'note:sent', note: { id, from, to: recipient(state, to), text: noteText(text), at } }];
    }
    case 'spotlight:move':
      return [{ type: 'spotlight:moved', spotlight: command.spotlight, at }];
    case 'look:ask':
      // Who is let look already does not lose that by asking.
      return state.looks[command.seat]?.by === command.by
        ? []
        : [{ type: 'look:asked', seat: seatHere(state, command.seat).id, by: command.by, at }];
    case 'look:grant':
      lookAt(state, command.seat);
      return [{ type: 'look:granted', seat: command.seat, typing: command.typing, at }];
    case 'look:end':
      return state.looks[command.seat] ? [{ type: 'look:ended', seat: command.seat, at }] : [];
    case 'round:open':
      return isAsked(state, command)
        ? []
        : [...close(state, at), { type: 'round:opened', lesson: command.lesson, step: command.step, at }];
    case 'round:answer':
      return answer(state, command.seat, command.answer, at);
    case 'round:reveal':
      return openRound(state).revealed ? [] : [{ type: 'round:revealed', answers: openRound(state).answers, at }];
    case 'round:close':
      return close(state, at);
    default:
      return unreachable(command);
  }
}

function handOf(state: ClassState, seat: SeatId) {
  return state.hands.find((hand) => hand.seat === seat);
}

function seatHere(state: ClassState, id: SeatId): Seat {
  const seat = state.seats.find((other) => other.id === id && !other.removed);
  if (!seat) throw refused('seat.gone', { seat: id });
  return seat;
}

function recipient(state: ClassState, to: SeatId | 'host' | 'all'): SeatId | 'host' | 'all' {
  return to === 'host' || to === 'all' ? to : seatHere(state, to).id;
}

function noteText(text: string): string {
  const clean = text
    .normalize('NFC')
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (mark) => (mark === '\n' ? mark : ''))
    .trim();
  if (clean === '') throw refused('note.empty', { field: 'text' });
  if (clean.length > longestNote) throw refused('note.long', { most: longestNote, field: 'text' });
  return clean;
}

function lookAt(state: ClassState, seat: SeatId): Look {
  const look = state.looks[seat];
  if (!look) throw refused('look.none', { seat });
  return look;
}

function openRound(state: ClassState) {
  if (!state.round) throw refused('round.none');
  return state.round;
}

function close(state: ClassState, at: number): ClassEvent[] {
  return state.round ? [{ type: 'round:closed', at }] : [];
}

/** This question is open and not answered for all: asking it again must not throw the predictions away. */
function isAsked({ round }: ClassState, { lesson, step }: { readonly lesson: string; readonly step: string }): boolean {
  return round !== undefined && !round.revealed && round.lesson === lesson && round.step === step;
}

/** An answer is locked: who has predicted cannot predict again, otherwise. */
function answer(state: ClassState, seat: SeatId, given: RoundAnswer, at: number): ClassEvent[] {
  const round = openRound(state);
  const before = round.answers[seat];
  if (before?.option === given.option && before.sure === given.sure) return [];
  if (round.revealed) throw refused('round.revealed');
  if (before) throw refused('round.locked');
  return [{ type: 'round:answered', seat: seatHere(state, seat).id, answer: given, at }];
}
