import type { SeatView } from './types';

/** What people's containers betray about what they believe: a misconception, and who shows it now. */
export interface Hint {
  readonly of: 'second' | 'committed' | 'stopped';
  /** M0 to M17 of docs/lessons.md. */
  readonly misconception: string;
  /** In the order of the seats. */
  readonly seats: readonly SeatView[];
}

/**
 * By state alone: a second container from the same image while an older one, stopped, holds changes (M2); an image
 * committed on top of the class's (M5); nothing but stopped containers, with changes in them (M3). Most people first.
 */
export function hintsOf(seats: readonly SeatView[], imageIds: ReadonlySet<string>): readonly Hint[] {
  const students = seats.filter(({ seat }) => seat !== 'host');
  const hints: readonly Hint[] = [
    { of: 'second', misconception: 'M2', seats: students.filter((seat) => ranAgain(seat, imageIds)) },
    { of: 'committed', misconception: 'M5', seats: students.filter(({ commits = 0 }) => commits > 0) },
    { of: 'stopped', misconception: 'M3', seats: students.filter(onlyStopped) },
  ];
  return hints.filter((hint) => hint.seats.length > 0).sort((a, b) => b.seats.length - a.seats.length);
}

const written = ({ changes }: SeatView['containers'][number]) => changes.some((change) => !change.onTheWay);

/** The newest comes first. */
function ranAgain({ containers }: SeatView, imageIds: ReadonlySet<string>): boolean {
  const [newest, ...older] = containers.filter(({ imageId }) => imageIds.has(imageId));
  return older.some((one) => one.status === 'exited' && written(one) && one.imageId === newest!.imageId);
}

function onlyStopped({ containers }: SeatView): boolean {
  return containers.length === 1 && containers[0]!.status === 'exited' && written(containers[0]!);
}
