import { unreachable } from '../errors';
import type { ClassEvent } from './events';
import type { ClassState, PastRound, RoundState } from './state';

/** Notes that a class remembers. */
export const mostNotes = 100;
/**
 * Rounds that a class remembers: each of a lesson's five questions twice, and two more. In a class of 300 one round is about
 * 20 KB, and a host's page begins with all of them.
 */
export const mostRounds = 12;

type Basic =
  | 'class:opened'
  | 'image:published'
  | 'image:pushed'
  | `seat:${string}`
  | 'seats:counted'
  | 'class:locked'
  | 'proof:reported'
  | 'class:ended';
export type ToolEvent = Exclude<ClassEvent, { type: Basic }>;

/** How the teaching tools change a class. */
export function evolveTools(state: ClassState, event: ToolEvent): ClassState {
  switch (event.type) {
    case 'class:frozen':
      return { ...state, frozen: event.frozen };
    case 'rules:set':
      return { ...state, rules: event.rules };
    case 'host:joined':
      return { ...state, hosts: [...state.hosts, event.host] };
    case 'links:revoked':
      return { ...state, links: state.links + 1 };
    case 'hand:raised':
      return { ...state, hands: [...state.hands, { seat: event.seat, at: event.at }] };
    case 'hand:lowered':
      return { ...state, hands: state.hands.filter((hand) => hand.seat !== event.seat) };
    case 'note:sent':
      return { ...state, notes: [...state.notes, event.note].slice(-mostNotes) };
    case 'spotlight:moved':
      return { ...state, spotlight: event.spotlight ?? undefined };
    case 'look:asked':
      return { ...state, looks: { ...state.looks, [event.seat]: { state: 'asked', by: event.by, at: event.at } } };
    case 'look:granted':
      return granted(state, event.seat, event.typing, event.at);
    case 'look:ended': {
      const { [event.seat]: _, ...looks } = state.looks;
      return { ...state, looks };
    }
    case 'round:opened':
      return {
        // In streams of before, a question could be opened over another without closing it.
        ...withPast(state, event.at),
        round: {
          lesson: event.lesson,
          step: event.step,
          openedAt: event.at,
          revealed: false,
          answers: {},
          answered: 0,
        },
      };
    case 'round:answered':
      return withRound(state, (round) => answered(round, event));
    case 'round:revealed':
      return withRound(state, (round) => ({ ...round, revealed: true, answers: event.answers }));
    case 'round:closed':
      return { ...(event.kept === false ? state : withPast(state, event.at)), round: undefined };
    default:
      return unreachable(event);
  }
}

function granted(state: ClassState, seat: string, typing: boolean, at: number): ClassState {
  const look = state.looks[seat];
  if (!look) return state;
  return { ...state, looks: { ...state.looks, [seat]: { ...look, state: typing ? 'typing' : 'watching', at } } };
}

/** The round that is open goes to those that are over; one that nobody answered has nothing to remember. */
function withPast(state: ClassState, closedAt: number): ClassState {
  const { round, past = [] } = state;
  if (!round || Object.keys(round.answers).length === 0) return state;
  const over: PastRound = { ...round, closedAt };
  return { ...state, past: [...past, over].slice(-mostRounds) };
}

function withRound(state: ClassState, change: (round: RoundState) => RoundState): ClassState {
  return state.round ? { ...state, round: change(state.round) } : state;
}

function answered(round: RoundState, { seat, answer }: Extract<ClassEvent, { type: 'round:answered' }>): RoundState {
  const answers = answer ? { ...round.answers, [seat]: answer } : round.answers;
  return { ...round, answers, answered: round.answered + 1 };
}
