import { useMemo } from 'react';
import type { ClassState, Published, Spotlight } from '../../../lib/classroom';
import type { MachineState } from '../../../lib/machine';
import { useSay } from '../../_i18n/language';
import { type ContainerView, containersOf, type ImageView, layersOf, type SeatView } from '../../_view';

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
  const say = useSay();
  return useMemo(() => (state && machines ? seatsOf(state, machines, say) : []), [state, machines, say]);
}

/** A machine is called `CLASS.SEAT`, the host's `CLASS.host`. Somebody whose name is hidden is called by their place. */
function seatsOf(
  state: ClassState,
  machines: ReadonlyMap<string, MachineState>,
  say: ReturnType<typeof useSay>,
): readonly SeatView[] {
  const host = { id: 'host', name: state.host.name, colour: -1, removed: false };
  return [host, ...state.seats].flatMap(({ id, name, colour, removed }, place) => {
    const machine = removed ? undefined : machines.get(`${state.id}.${id}`);
    return machine ? [seatOf(machine, { seat: id, name: name || say('board.nameless', { n: place }), colour })] : [];
  });
}

/** Replicas are replaced, never written to: a seat is the same object for as long as nothing of it changes. */
const known = new WeakMap<MachineState, SeatView>();

function seatOf(machine: MachineState, who: Pick<SeatView, 'seat' | 'name' | 'colour'>): SeatView {
  const before = known.get(machine);
  if (before?.seat === who.seat && before.name === who.name && before.colour === who.colour) return before;
  const view = { ...who, containers: containersOf(machine), ...machine.person };
  known.set(machine, view);
  return view;
}

/** The image below a container's sheet: a published one, or what its layers tell of another. */
export function standsOn(
  container: ContainerView | undefined,
  image: ImageView,
  images: readonly ImageView[],
): ImageView {
  if (!container || container.imageId === image.imageId) return image;
  const published = images.find(({ imageId }) => imageId === container.imageId);
  return (
    published ?? {
      reference: container.image,
      imageId: container.imageId,
      manifestDigest: '',
      settings: [],
      layers: layersOf(container.diffIds, images),
    }
  );
}

/** Whose seat is in the spotlight. */
export function nameIn(state: ClassState, spotlight: Spotlight): string | undefined {
  if (spotlight.kind !== 'seat') return undefined;
  return spotlight.name ?? state.seats.find(({ id }) => id === spotlight.seat)?.name;
}
