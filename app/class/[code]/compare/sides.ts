import { useEffect, useMemo, useState } from 'react';
import type { ClassState, Published } from '../../../../lib/classroom';
import { parseDigest } from '../../../../lib/content';
import { asDiffId } from '../../../../lib/layer';
import type { MachineState } from '../../../../lib/machine';
import type { LowerTree } from '../../../../lib/snapshot';
import { type Room, useHeld } from '../../../_client';
import { type Choice, pointName, type When } from '../../../_features/compare';
import { useSay } from '../../../_i18n/language';
import { type ContainerView, containerSide, containersOf, imageSide, layersOf, type Side } from '../../../_view';
import { useSeats } from '../view';
import { type Earlier, useEarlier, type Wanted } from './earlier';

export interface Sides {
  readonly choices: readonly Choice[];
  /** The first container, or the image. */
  readonly first: Side;
  /**
   * By a container's id or the beginning of it, or `image`; with `@` and a version (or `last`) as it was then. `fetching` while
   * that is on its way; a sentence when it cannot be shown.
   */
  find(id: string): Side | 'fetching' | { readonly gone: string } | undefined;
  /** When a side's container was another; nothing for an image. */
  when(side: Side): When | undefined;
}

export const isSide = (found: ReturnType<Sides['find']>): found is Side => typeof found === 'object' && 'look' in found;

interface Standing {
  readonly side: Side;
  /** Absent for the image. */
  readonly machine?: string;
  readonly container?: ContainerView;
}

/** Everything that can stand on a side: the class's image, every container that this viewer may see, and those named as they were. */
export function useSides(
  room: Room | undefined,
  state: ClassState | undefined,
  image: Published | undefined,
  named: readonly string[],
): Sides | undefined {
  const say = useSay();
  const present = usePresent(room, state, image);
  const wanted = named.flatMap((id) => wantedBy(id, present ?? []));
  const earlier = useEarlier(room, wanted);
  return useMemo(() => {
    if (!present || !state) return undefined;
    const past = (wanted: Wanted, now: Standing) => {
      const version = earlier.version(wanted);
      if (version === undefined) return earlier.points(wanted.container) ? now.side : 'fetching';
      const machine = earlier.past(wanted.container, version);
      if (!machine || 'gone' in machine) return machine ?? 'fetching';
      const point = earlier.points(wanted.container)?.find((one) => one.version === version);
      return sideThen(now.side, version, machine, state, `${now.side.label}, ${pointName(say, point)}`);
    };
    return {
      choices: present.map(({ side: { id, label } }) => ({ id, label })),
      first: (present[1] ?? present[0]!).side,
      find: (id) => {
        const now = present.find((one) => isMeant(one.side, id));
        const [wanted] = wantedBy(id, present);
        return now && wanted?.when !== undefined ? past(wanted, now) : now?.side;
      },
      when: (side) => whenOf(side, earlier),
    };
  }, [present, earlier, state, say]);
}

function whenOf(side: Side, earlier: Earlier): When | undefined {
  if (side.isImage) return undefined;
  const of = side.of ?? side.id;
  return { points: earlier.points(of), version: side.of === undefined ? undefined : Number(side.id.split('@')[1]) };
}

const isMeant = (side: Side, id: string) => {
  const [name] = id.split('@');
  return name !== '' && (side.id === name || (!side.isImage && side.id.startsWith(name!)));
};

/** A container that is named, whose points are of interest, and when it is meant. */
function wantedBy(id: string, present: readonly Standing[]): Wanted[] {
  const [, when] = id.split('@');
  const now = present.find((one) => isMeant(one.side, id));
  if (!now?.container || now.machine === undefined) return [];
  const wanted = { machine: now.machine, container: now.container.id, digest: now.container.digest };
  if (when === 'last') return [{ ...wanted, when }];
  return [/^\d{1,15}$/.test(when ?? '') ? { ...wanted, when: Number(when) } : wanted];
}

function sideThen(now: Side, version: number, machine: MachineState, state: ClassState, label: string): Side {
  const [container] = containersOf(machine);
  const [stored] = machine.engine.sheets.values();
  if (!container || !stored) return now;
  const column = { id: `${now.id}@${version}`, label, colour: now.colour, container };
  return { ...containerSide(column, stored.sheet, layersOf(container.diffIds, state.images)), of: now.id };
}

/** The image, and every container as it is. */
function usePresent(
  room: Room | undefined,
  state: ClassState | undefined,
  image: Published | undefined,
): readonly Standing[] | undefined {
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
    const containers = seats.flatMap((seat) =>
      seat.containers.flatMap((container) => {
        const id = `${state.id}.${seat.seat}`;
        const machine = machines.get(id);
        const key = [...(machine?.engine.containers.values() ?? [])].find(({ id }) => id === container.id)?.snapshot;
        const sheet = key && machine?.engine.sheets.get(key)?.sheet;
        const column = { id: container.id, label: `${seat.name} · ${container.name}`, colour: seat.colour, container };
        const layers = layersOf(container.diffIds, state.images);
        return sheet ? [{ side: containerSide(column, sheet, layers), machine: id, container }] : [];
      }),
    );
    return [{ side: theImage }, ...containers];
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
