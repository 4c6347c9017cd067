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
import { type Earlier, type Last, type Lost, useEarlier, useLast, type Wanted } from './earlier';

export interface Sides {
  readonly choices: readonly Choice[];
  /** The first container, or the image. */
  readonly first: Side;
  /**
   * By a container's id or the beginning of it, or `image`; with `@` and a version (or `last`) as it was then. `fetching` while
   * that is on its way; a sentence when it cannot be shown.
   */
  find(id: string): Side | 'fetching' | { readonly gone: string } | undefined;
  /** Whose container that is, a seat: with it in an address, one that is removed later can still be found. */
  owner(id: string): string | undefined;
  /** The name of a container that is named and has been removed, if it is remembered. */
  removed(id: string): string | undefined;
  /** When a side's container was another; nothing for an image. */
  when(side: Side): When | undefined;
}

export const isSide = (found: ReturnType<Sides['find']>): found is Side => typeof found === 'object' && 'look' in found;

interface Standing {
  readonly side: Side;
  /** Absent for the image. */
  readonly machine?: string;
  readonly container?: ContainerView;
  /** Its name, of one that is not there any more: the side is how it last was. */
  readonly removed?: string;
}

/** Everything that can stand on a side: the class's image, every container that this viewer may see, and those named as they were. */
export function useSides(
  room: Room | undefined,
  state: ClassState | undefined,
  image: Published | undefined,
  named: readonly Named[],
): Sides | undefined {
  const say = useSay();
  const found = usePresent(room, state, image);
  const lost = named.flatMap((one) => lostBy(one, state, found));
  const last = useLast(room, lost);
  const asked = lost.map(({ container }) => container).join(' ');
  const known = useMemo(
    () => found && state && [...found.present, ...removedOf(state, last, (name) => say('compare.asLast', { name }))],
    [found, state, last, say],
  );
  const earlier = useEarlier(
    room,
    named.flatMap(({ id }) => wantedBy(id, known ?? [])),
  );
  return useMemo(() => {
    if (!known || !state) return undefined;
    const past = (wanted: Wanted, now: Standing) => {
      const version = earlier.version(wanted);
      if (version === undefined) return earlier.points(wanted.container) ? now.side : 'fetching';
      const machine = earlier.past(wanted.container, version);
      if (!machine || 'gone' in machine) return machine ?? 'fetching';
      const point = earlier.points(wanted.container)?.find((one) => one.version === version);
      const whose = { id: wanted.container, colour: now.side.colour };
      const label = `${now.removed ?? now.side.label}, ${pointName(say, point)}`;
      return sideThen(whose, version, machine, state, label) ?? now.side;
    };
    const standing = (id: string) => known.find((one) => isMeant(one.side, id));
    return {
      choices: known.map(({ side: { id, of, label } }) => ({ id: of ?? id, label })),
      first: (known[1] ?? known[0]!).side,
      find: (id) => {
        const now = standing(id);
        const [wanted] = wantedBy(id, known);
        if (now) return wanted?.when === undefined || now.side.id === id ? now.side : past(wanted, now);
        const [name = ''] = id.split('@');
        if (last.has(name)) return { gone: say('compare.removedGone') };
        return asked.split(' ').includes(name) ? 'fetching' : undefined;
      },
      owner: (id) => standing(id)?.machine?.split('.').at(-1),
      removed: (id) => standing(id)?.removed,
      when: (side) => whenOf(side, earlier),
    };
  }, [known, earlier, last, asked, state, say]);
}

/** A side as an address names it, and (`of`) whose container it was when the address was made. */
export interface Named {
  readonly id: string;
  readonly of: string | null;
}

/** A container that is named and is not there, on a computer that is. */
function lostBy({ id, of }: Named, state: ClassState | undefined, found: Found | undefined): Lost[] {
  const [container = ''] = id.split('@');
  const machine = `${state?.id}.${of}`;
  if (!of || !/^[0-9a-f]{12,64}$/.test(container) || !found?.machines.has(machine)) return [];
  return found.present.some(({ side }) => isMeant(side, id)) ? [] : [{ machine, container }];
}

function removedOf(
  state: ClassState,
  last: ReadonlyMap<string, Last>,
  labelled: (name: string) => string,
): readonly Standing[] {
  return [...last.values()].flatMap((found): Standing[] => {
    if ('gone' in found) return [];
    const { version, machine } = found;
    const [container] = containersOf(machine);
    const seat = state.seats.find(({ id }) => `${state.id}.${id}` === machine.id);
    const removed = [seat?.name ?? state.host.name, container?.name].filter(Boolean).join(' · ');
    const now = { id: container?.id ?? '', colour: seat?.colour ?? -1 };
    const side = sideThen(now, version, machine, state, labelled(removed));
    return side ? [{ side, machine: machine.id, container, removed }] : [];
  });
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

function sideThen(
  now: Pick<Side, 'id' | 'colour'>,
  version: number,
  machine: MachineState,
  state: ClassState,
  label: string,
): Side | undefined {
  const [container] = containersOf(machine);
  const [stored] = machine.engine.sheets.values();
  if (!container || !stored) return undefined;
  const column = { id: `${now.id}@${version}`, label, colour: now.colour, container };
  return { ...containerSide(column, stored.sheet, layersOf(container.diffIds, state.images)), of: now.id };
}

interface Found {
  /** The image, and every container as it is. */
  readonly present: readonly Standing[];
  /** Those that have arrived. */
  readonly machines: ReadonlyMap<string, MachineState>;
}

function usePresent(
  room: Room | undefined,
  state: ClassState | undefined,
  image: Published | undefined,
): Found | undefined {
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
    return { present: [{ side: theImage }, ...containers], machines };
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
