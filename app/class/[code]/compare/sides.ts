import { useEffect, useMemo, useState } from 'react';
import type { ClassState, Published } from '../../../../lib/classroom';
import { parseDigest } from '../../../../lib/content';
import { asDiffId } from '../../../../lib/layer';
import type { MachineState } from '../../../../lib/machine';
import type { LowerTree } from '../../../../lib/snapshot';
import { type Room, useHeld } from '../../../_client';
import type { Choice } from '../../../_features/compare';
import { useSay } from '../../../_i18n/language';
import { containerSide, imageSide, layersOf, type Side } from '../../../_view';
import { useSeats } from '../view';

export interface Sides {
  readonly choices: readonly Choice[];
  /** The first container, or the image. */
  readonly first: Side;
  /** By a container's id or the beginning of it, or `image`. */
  find(id: string): Side | undefined;
}

/** Everything that can stand on a side: the class's image, and every container that this viewer may see. */
export function useSides(
  room: Room | undefined,
  state: ClassState | undefined,
  image: Published | undefined,
): Sides | undefined {
  const say = useSay();
  const own = useHeld(room?.own);
  const board = useHeld(room?.board);
  const me = useHeld(room?.me);
  // What was seen before the host closed comparisons is not shown any longer.
  const shared = me?.role !== 'seat' || state?.rules.compare !== false;
  const machines = useMemo(
    () => new Map<string, MachineState>([...((shared && board) || []), ...(own ? [[own.id, own] as const] : [])]),
    [board, own, shared],
  );
  const seats = useSeats(state, machines);
  const lower = useLower(room, image);
  return useMemo(() => {
    if (!state || !image || !lower || !room) return undefined;
    const theImage = imageSide(image, say('compare.theImage', { reference: image.reference }), lower.tree);
    const sides = seats.flatMap((seat) =>
      seat.containers.flatMap((container) => {
        const machine = machines.get(`${state.id}.${seat.seat}`);
        const key = [...(machine?.engine.containers.values() ?? [])].find(({ id }) => id === container.id)?.snapshot;
        const sheet = key && machine?.engine.sheets.get(key)?.sheet;
        const column = { id: container.id, label: `${seat.name} · ${container.name}`, colour: seat.colour, container };
        return sheet ? [containerSide(column, sheet, layersOf(container.diffIds, state.images))] : [];
      }),
    );
    const all = [theImage, ...sides];
    return {
      choices: all.map(({ id, label }) => ({ id, label })),
      first: sides[0] ?? theImage,
      find: (id) =>
        id === '' ? undefined : all.find((side) => side.id === id || (side.id !== 'image' && side.id.startsWith(id))),
    };
  }, [state, image, lower, room, seats, machines, say]);
}

/** The image's files, once its layers have arrived. */
function useLower(
  room: Room | undefined,
  image: Published | undefined,
): { readonly tree: LowerTree | undefined } | undefined {
  const [lower, setLower] = useState<{ readonly tree: LowerTree | undefined }>();
  useEffect(() => {
    if (!room || !image) return;
    const digests = image.layers.map(({ digest }) => parseDigest(digest));
    let here = true;
    void room.blobs.need(digests).then(
      () => here && setLower({ tree: room.layers.lower(digests.map(asDiffId)) }),
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [room, image]);
  return lower;
}
