import type { ClassState } from '../../../lib/classroom/state';

/** “31 of 31 browsers verified”: those who watch, of those who should. */
export function countProofs(
  state: ClassState,
  manifestDigest: string,
): { readonly verified: number; readonly total: number } {
  const viewers = [...state.seats.filter(({ removed }) => !removed).map(({ id }) => id), 'host'];
  const whole = viewers.filter((viewer) => {
    const proof = state.proofs[viewer];
    return proof?.manifestDigest === manifestDigest && proof.verified === proof.total;
  });
  return { verified: whole.length, total: viewers.length };
}
