'use client';
import type { ClassState, Published, Spotlight } from '../../../../lib/classroom';
import type { Room } from '../../../_client';
import { Projected } from '../../../_features/divergence';
import { BigPair, BigQuestion, BigSeat, OnePath, PathMatrix } from '../../../_features/spotlight';
import { useSay } from '../../../_i18n/language';
import type { SeatView, Table } from '../../../_view';
import { isSide, useSides } from '../compare/sides';
import { classLesson } from '../lesson';
import { standsOn } from '../view';
import { HostTerminal } from './host-terminal';

/** The one big thing that the spotlight is on. */
export function Spotlit({
  room,
  state,
  spotlight,
  image,
  seats,
  table,
}: {
  readonly room: Room;
  readonly state: ClassState;
  readonly spotlight: Spotlight;
  readonly image: Published | undefined;
  readonly seats: readonly SeatView[];
  readonly table: Table;
}) {
  const say = useSay();
  switch (spotlight.kind) {
    case 'terminal':
      return <HostTerminal code={state.code} />;
    case 'round':
      return <BigQuestion lesson={classLesson} round={state.round} present={state.present} />;
    case 'matrix':
      return spotlight.path ? <OnePath columns={table.columns} path={spotlight.path} /> : <PathMatrix table={table} />;
    case 'seat': {
      const seat = seats.find((one) => one.seat === spotlight.seat);
      if (!seat || !image) return <p className="text-[26px] text-soft">{say('spotlight.onWall')}</p>;
      const container = seat.containers.find(({ status }) => status === 'running') ?? seat.containers[0];
      return <BigSeat {...seat} container={container} image={standsOn(container, image, state.images)} />;
    }
    case 'pair':
      return <Pair {...{ room, state, image, spotlight }} />;
    default:
      return image ? <Projected image={image} table={table} /> : <p className="text-[26px]">{say('board.noImage')}</p>;
  }
}

function Pair({
  room,
  state,
  image,
  spotlight,
}: {
  readonly room: Room;
  readonly state: ClassState;
  readonly image: Published | undefined;
  readonly spotlight: Extract<Spotlight, { kind: 'pair' }>;
}) {
  const say = useSay();
  const sides = useSides(
    room,
    state,
    image,
    [spotlight.left, spotlight.right].map((id) => ({ id, of: null })),
  );
  if (!sides) return <p className="text-[26px] text-soft">{say('compare.loading')}</p>;
  const [left, right] = [sides.find(spotlight.left), sides.find(spotlight.right)];
  if (left === 'fetching' || right === 'fetching')
    return <p className="text-[26px] text-soft">{say('earlier.fetching')}</p>;
  if (!isSide(left) || !isSide(right)) return <p className="text-[26px] text-soft">{say('compare.missing')}</p>;
  return <BigPair left={left} right={right} path={spotlight.path} />;
}
