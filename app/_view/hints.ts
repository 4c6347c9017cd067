import type { SeatView } from './types';

/** What people's containers betray about what they believe: a misconception, and who shows it now. */
export interface Hint {
  readonly of: 'second' | 'thrown' | 'forced' | 'committed';
  /** M0 to M17 of docs/lessons.md. */
  readonly misconception: string;
  /** In the order of the seats. */
  readonly seats: readonly SeatView[];
}

/**
 * M2 by state: a second container from the same image while an older one, stopped, holds changes. The others by what people
 * did, one thing after another (lib/machine/beliefs.ts): threw a written container away and looked for it in the images (M3),
 * forced an image away (M4), committed and asked for the old image (M5). Most people first.
 */
export function hintsOf(seats: readonly SeatView[], imageIds: ReadonlySet<string>): readonly Hint[] {
  const students = seats.filter(({ seat }) => seat !== 'host');
  const showing = (misconception: string) => students.filter(({ shows }) => shows?.includes(misconception));
  const hints: readonly Hint[] = [
    { of: 'second', misconception: 'M2', seats: students.filter((seat) => ranAgain(seat, imageIds)) },
    { of: 'thrown', misconception: 'M3', seats: showing('M3') },
    { of: 'forced', misconception: 'M4', seats: showing('M4') },
    { of: 'committed', misconception: 'M5', seats: showing('M5') },
  ];
  return hints.filter((hint) => hint.seats.length > 0).sort((a, b) => b.seats.length - a.seats.length);
}

/** The hints of before, as long as the same people show the same. */
export function hintsAfter(before: readonly Hint[], now: readonly Hint[]): readonly Hint[] {
  const same = (one: Hint | undefined, other: Hint) =>
    one?.of === other.of &&
    one.seats.length === other.seats.length &&
    other.seats.every(({ seat, name }, i) => one.seats[i]!.seat === seat && one.seats[i]!.name === name);
  return before.length === now.length && now.every((hint, i) => same(before[i], hint)) ? before : now;
}

const written = ({ changes }: SeatView['containers'][number]) => changes.some((change) => !change.onTheWay);

/** The newest comes first. */
function ranAgain({ containers }: SeatView, imageIds: ReadonlySet<string>): boolean {
  if (containers.length < 2) return false;
  const [newest, ...older] = containers.filter(({ imageId }) => imageIds.has(imageId));
  return older.some((one) => one.status === 'exited' && written(one) && one.imageId === newest!.imageId);
}
