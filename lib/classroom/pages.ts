/**
 * Whose pages are whose: what a container serves may be seen by its own person, by whoever teaches the class, and while the
 * host's terminal is in the spotlight, the host's by everybody with a seat. It is asked again at every page.
 */
import type { SeatId } from './events';
import type { ClassState } from './state';

/** `reader` and `owner`: a seat's id, or `host`. */
export function mayOpenPages(state: ClassState, reader: SeatId, owner: SeatId): boolean {
  const present = (who: SeatId) => who === 'host' || state.seats.some(({ id, removed }) => id === who && !removed);
  if (state.phase !== 'open' || !present(reader) || !present(owner)) return false;
  if (reader === owner || reader === 'host') return true;
  return owner === 'host' && state.spotlight?.kind === 'terminal';
}
