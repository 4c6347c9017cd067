import type { SeatView } from './types';

/** What a teacher should see of a person at a glance. Asking comes before being stuck, that before being quiet. */
export interface Condition {
  /** Their place among those who raise a hand, 1 for the next. */
  readonly asks?: number;
  /** The line that went wrong in the same way three times. */
  readonly stuckOn?: string;
  /** Whole minutes without doing anything, when that is long. */
  readonly idle?: number;
}

export function sameCondition(one: Condition, other: Condition): boolean {
  return one.asks === other.asks && one.stuckOn === other.stuckOn && one.idle === other.idle;
}

export type Sign = 'asks' | 'stuck' | 'idle';
export const signs: readonly Sign[] = ['asks', 'stuck', 'idle'];

/** The one sign that stands for a condition where there is room for one. */
export function signOf({ asks, stuckOn, idle }: Condition = {}): Sign | undefined {
  if (asks !== undefined) return 'asks';
  return stuckOn !== undefined ? 'stuck' : idle !== undefined ? 'idle' : undefined;
}

/** Minutes without doing anything that are worth a word. */
const longQuiet = 5;

/** The class as far as conditions are read from it. */
interface Attended {
  readonly phase: string;
  readonly hands: readonly { readonly seat: string }[];
  readonly seats: readonly { readonly id: string; readonly takenAt: number; readonly removed: boolean }[];
}

/** Of every seat that has one, by seat. `now` in milliseconds since the epoch. */
export function conditionsOf(state: Attended, seats: readonly SeatView[], now: number): ReadonlyMap<string, Condition> {
  const views = new Map(seats.map((view) => [view.seat, view]));
  const places = new Map(state.hands.map(({ seat }, place) => [seat, place + 1]));
  return new Map(
    state.seats.flatMap(({ id, takenAt, removed }) => {
      if (removed) return [];
      const view = views.get(id);
      const asks = places.get(id);
      const quiet = Math.floor((now - (view?.lastAt ?? takenAt)) / 60_000);
      const condition: Condition = {
        ...(asks !== undefined && { asks }),
        ...(view?.stuckOn !== undefined && { stuckOn: view.stuckOn }),
        ...(quiet >= longQuiet && state.phase === 'open' && { idle: quiet }),
      };
      return signOf(condition) ? [[id, condition] as const] : [];
    }),
  );
}

export type Signs = Readonly<Record<Sign, number>>;

/** How many of these seats show each sign; whoever shows several is counted for each. */
export function countSigns(seats: Iterable<string>, conditions: ReadonlyMap<string, Condition>): Signs {
  const counts = { asks: 0, stuck: 0, idle: 0 };
  for (const seat of new Set(seats)) {
    const { asks, stuckOn, idle } = conditions.get(seat) ?? {};
    if (asks !== undefined) counts.asks++;
    if (stuckOn !== undefined) counts.stuck++;
    if (idle !== undefined) counts.idle++;
  }
  return counts;
}
