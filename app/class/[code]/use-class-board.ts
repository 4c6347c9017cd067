import { useMemo, useState } from 'react';
import type { MachineState } from '../../../lib/machine';
import { useHeld, useRoom } from '../../_client';
import { useProof } from '../../_features/proof';
import { countProofs } from '../../_features/roster';
import { columnsOf } from '../../_view';
import { latestImage, useSeats } from './view';

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
  const fetch = async (digest: string) => room?.blobs.fetch(digest);
  const proof = useProof(image, fetch, (report) => void room?.wire.ask('proof:report', { code, ...report }));
  const { on, elsewhere } = useMemo(
    () => (image ? columnsOf(seats, image) : { on: [], elsewhere: [] }),
    [seats, image],
  );
  const proofs = state && image ? countProofs(state, image.manifestDigest) : undefined;
  return { room, me, state, seats, image, setReference, columns: on, elsewhere, fetch, proof, proofs };
}
