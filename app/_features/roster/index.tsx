'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ClassState, Seat } from '../../../lib/classroom/state';
import { useSay } from '../../_i18n/language';
import { Button, Panel, Scroll } from '../../_ui';
import type { SeatView } from '../../_view';
import { type Asked, AskFirst, type Came } from './asked';
import { Row, type SeatAct } from './row';

export type { Asked } from './asked';
export { countProofs } from './proofs';

/** Minutes without doing anything that are worth a word. */
const longQuiet = 5;

/** Who is here, how each is doing, what each has proved, and the few things that a host may do to a seat or to the class. */
export function Roster({
  state,
  seats,
  manifestDigest,
  onLook,
  onShow,
  onLower,
  onLock,
  onDo,
}: {
  readonly state: ClassState;
  readonly seats: readonly SeatView[];
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
  const now = useMinute();
  const [asked, setAsked] = useState<Asked>();
  const onAct = useSteady((act: SeatAct, seat: Seat) => {
    if (act === 'look') onLook(seat.id);
    else if (act === 'show') onShow(seat.id);
    else if (act === 'lower') onLower(seat.id);
    else setAsked({ kind: act, seat });
  });
  const hands = state.hands.map(({ seat }) => seat);
  const open = state.phase === 'open';
  const views = new Map(seats.map((view) => [view.seat, view]));
  const people = state.seats
    .filter(({ removed }) => !removed)
    .map((seat) => {
      const view = views.get(seat.id);
      const quiet = Math.floor((now - (view?.lastAt ?? seat.takenAt)) / 60_000);
      return { seat, view, idle: quiet >= longQuiet && open ? quiet : undefined, asks: hands.indexOf(seat.id) + 1 };
    })
    .sort((a, b) => urgency(a) - urgency(b));
  const stuck = people.filter(({ view }) => view?.stuckOn !== undefined).length;
  const idle = people.filter(({ idle }) => idle !== undefined).length;
  return (
    <Panel
      title={say('roster.title', { n: people.length })}
      note={
        <span role="status" className="flex flex-wrap gap-x-3">
          {hands.length > 0 && <b className="text-accent">{say('hands.waiting', { n: hands.length })}</b>}
          {stuck > 0 && <b className="text-chg">{say('roster.stuckCount', { n: stuck })}</b>}
          {idle > 0 && <span>{say('roster.idleCount', { n: idle })}</span>}
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
          {people.map(({ seat, view, idle, asks }) => (
            <Row
              key={seat.id}
              seat={seat}
              containers={view?.containers.length ?? 0}
              asks={asks || undefined}
              stuckOn={view?.stuckOn}
              idle={idle}
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
}

/** Who asks comes first, the longest waiting before the others; then who is stuck; all others in the order of arrival. */
function urgency({ asks, view }: { readonly asks: number; readonly view?: SeatView }): number {
  if (asks) return asks;
  return view?.stuckOn === undefined ? 1e6 : 1e5;
}

/** The time, told anew twice a minute. */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(ticking);
  }, []);
  return now;
}

/** The same function for the life of a component, doing what the latest one does: so that rows are not drawn for it. */
function useSteady<A extends readonly unknown[]>(latest: (...given: A) => void): (...given: A) => void {
  const held = useRef(latest);
  held.current = latest;
  return useCallback((...given: A) => held.current(...given), []);
}
