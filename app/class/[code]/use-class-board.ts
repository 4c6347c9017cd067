import { useEffect, useMemo, useRef, useState } from 'react';
import type { ClassState } from '../../../lib/classroom';
import type { MachineState } from '../../../lib/machine';
import { useHeld, useRoom } from '../../_client';
import { useProof } from '../../_features/proof';
import { countProofs } from '../../_features/roster';
import { sameMap, useKept } from '../../_ui';
import {
  type Column,
  type Condition,
  columnsOf,
  conditionsOf,
  emptyTable,
  type SeatView,
  sameCondition,
  type Table,
  tableAfter,
} from '../../_view';
import { latestImage, useSeats } from './view';

const nobodyRaised: ReadonlyMap<string, Condition> = new Map();
const nobody: ReadonlyMap<string, MachineState> = new Map();

/** The whole class as its host (or whoever has a link) may see it: what the board and the projector show. */
export function useClassBoard(code: string) {
  const room = useRoom(code, 'host', true);
  const state = useHeld(room?.classInbox.replica);
  const me = useHeld(room?.me);
  const machines = useHeld(room?.board);
  const closed = me?.role === 'seat' && state?.rules.compare === false;
  const seats = useSeats(state, closed ? nobody : machines);
  const [reference, setReference] = useState<string>();
  const image = state?.images.find((one) => one.reference === reference) ?? latestImage(state);
  const fetch = useMemo(() => async (digest: string) => room?.blobs.fetch(digest), [room]);
  const proof = useProof(image, fetch, (report) => void room?.wire.ask('proof:report', { code, ...report }));
  const { on, elsewhere } = useMemo(
    () => (image ? columnsOf(seats, image) : { on: [], elsewhere: [] }),
    [seats, image],
  );
  const table = useTable(on);
  const conditions = useConditions(me?.role === 'host' ? state : undefined, seats);
  const proofs = state && image ? countProofs(state, image.manifestDigest) : undefined;
  return { room, me, state, seats, conditions, image, setReference, table, elsewhere, fetch, proof, proofs };
}

/** Kept up from the table before: a change of one sheet costs what that sheet says, not what the class does. */
function useTable(columns: readonly Column[]): Table {
  const held = useRef(emptyTable);
  const table = useMemo(() => tableAfter(held.current, columns), [columns]);
  held.current = table;
  return table;
}

/** Who asks, is stuck, is quiet: for those who teach. */
function useConditions(state: ClassState | undefined, seats: readonly SeatView[]) {
  const now = useMinute();
  const conditions = useMemo(() => (state ? conditionsOf(state, seats, now) : nobodyRaised), [state, seats, now]);
  return useKept(conditions, (before, after) => sameMap(before, after, sameCondition));
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
