'use client';
import { memo, useState } from 'react';
import type { ClassState, Seat } from '../../../lib/classroom/state';
import { useSay } from '../../_i18n/language';
import { SignCounts } from '../../_picture';
import { Button, Panel, Scroll, useGrowing, useSteady } from '../../_ui';
import { type Condition, countSigns } from '../../_view';
import { type Asked, AskFirst, type Came } from './asked';
import { Row, type SeatAct } from './row';

export type { Asked } from './asked';
export { countProofs } from './proofs';

/** Who is here, how each is doing, what each has proved, and the few things that a host may do to a seat or to the class. */
export const Roster = memo(function Roster({
  state,
  containers,
  conditions,
  manifestDigest,
  onLook,
  onShow,
  onLower,
  onLock,
  onDo,
}: {
  readonly state: ClassState;
  /** How many each has, by seat. */
  readonly containers: ReadonlyMap<string, number>;
  /** By seat: who asks, who is stuck, who is quiet. */
  readonly conditions: ReadonlyMap<string, Condition>;
  /** The image that proofs are asked about. */
  readonly manifestDigest?: string;
  readonly onLook: (seat: string) => void;
  readonly onShow: (seat: string) => void;
  readonly onLower: (seat: string) => void;
  readonly onLock: (locked: boolean) => void;
  /** Done after it was asked for; answers what went wrong. */
  readonly onDo: (asked: Asked, text: string) => Came;
}) {
  const say = useSay();
  const [asked, setAsked] = useState<Asked>();
  const onAct = useSteady((act: SeatAct, seat: Seat) => {
    if (act === 'look') onLook(seat.id);
    else if (act === 'show') onShow(seat.id);
    else if (act === 'lower') onLower(seat.id);
    else setAsked({ kind: act, seat });
  });
  const open = state.phase === 'open';
  const people = state.seats
    .filter(({ removed }) => !removed)
    .map((seat) => ({ seat, containers: containers.get(seat.id) ?? 0, ...conditions.get(seat.id) }))
    .sort((a, b) => urgency(a) - urgency(b));
  const drawn = useGrowing(people.length);
  const counts = countSigns(
    people.map(({ seat }) => seat.id),
    conditions,
  );
  return (
    <Panel
      title={say('roster.title', { n: people.length })}
      note={
        <span role="status">
          <SignCounts counts={counts} />
        </span>
      }
      tools={
        open && (
          <>
            <Button small aria-pressed={state.locked} onClick={() => onLock(!state.locked)}>
              {say(state.locked ? 'roster.unlock' : 'roster.lock')}
            </Button>
            <Button small look="danger" onClick={() => setAsked({ kind: 'end' })}>
              {say('roster.end')}
            </Button>
          </>
        )
      }
    >
      {people.length === 0 && <p className="text-soft">{say('roster.none')}</p>}
      <Scroll label={say('roster.list')} className="max-h-[640px]">
        <ul className="grid grid-cols-[minmax(0,1fr)] gap-0.5">
          {people.slice(0, drawn).map(({ seat, ...about }) => (
            <Row
              key={seat.id}
              seat={seat}
              {...about}
              proof={state.proofs[seat.id]}
              manifestDigest={manifestDigest}
              open={open}
              onAct={onAct}
            />
          ))}
        </ul>
      </Scroll>
      {asked && <AskFirst asked={asked} onClose={() => setAsked(undefined)} onDo={onDo} />}
    </Panel>
  );
});

/** Who asks comes first, the longest waiting before the others; then who is stuck; all others in the order of arrival. */
function urgency({ asks, stuckOn }: Condition): number {
  return asks ?? (stuckOn === undefined ? 1e6 : 1e5);
}
