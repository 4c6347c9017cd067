import { useMemo } from 'react';
import type { ClassState, Published } from '../../../lib/classroom';
import type { MachineState } from '../../../lib/machine';
import { containersOf, type SeatView } from '../../_view';

/** The image that a class is about: the one published last. */
export function latestImage(state: ClassState | undefined): Published | undefined {
  return state?.images.reduce<Published | undefined>(
    (last, image) => (last && last.publishedAt > image.publishedAt ? last : image),
    undefined,
  );
}

/** Every seat with its containers in the order of arrival; the host's own computer first, when it has any. */
export function useSeats(
  state: ClassState | undefined,
  machines: ReadonlyMap<string, MachineState> | undefined,
): readonly SeatView[] {
  return useMemo(() => (state && machines ? seatsOf(state, machines) : []), [state, machines]);
}

/** A machine is called `CLASS.SEAT`, the host's `CLASS.host`. */
function seatsOf(state: ClassState, machines: ReadonlyMap<string, MachineState>): readonly SeatView[] {
  const host = { id: 'host', name: state.host.name, colour: -1 };
  return [host, ...state.seats.filter(({ removed }) => !removed)].flatMap(({ id, name, colour }) => {
    const machine = machines.get(`${state.id}.${id}`);
    return machine ? [{ seat: id, name, colour, containers: containersOf(machine) }] : [];
  });
}
