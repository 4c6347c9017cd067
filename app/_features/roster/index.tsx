'use client';
import { useState } from 'react';
import type { ClassState, Proof } from '../../../lib/classroom';
import { useSay } from '../../_i18n/language';
import { Round } from '../../_picture';
import { Button, Dialog, Hand, Panel } from '../../_ui';
import type { SeatView } from '../../_view';

/** Who is here, what each has proved, and the few things that a host may do to a seat or to the class. */
export function Roster({
  state,
  seats,
  manifestDigest,
  onRemove,
  onLower,
  onLook,
  onLock,
  onEnd,
}: {
  readonly state: ClassState;
  readonly seats: readonly SeatView[];
  /** The image that proofs are asked about. */
  readonly manifestDigest?: string;
  readonly onRemove: (seat: string) => void;
  readonly onLower: (seat: string) => void;
  readonly onLook: (seat: string) => void;
  readonly onLock: (locked: boolean) => void;
  readonly onEnd: () => void;
}) {
  const say = useSay();
  const [asked, setAsked] = useState<
    { readonly kind: 'end' } | { readonly kind: 'remove'; readonly seat: string; readonly name: string }
  >();
  const hands = state.hands.map(({ seat }) => seat);
  const present = state.seats.filter(({ removed }) => !removed).sort((a, b) => place(hands, a.id) - place(hands, b.id));
  return (
    <Panel
      title={say('roster.title', { n: present.length })}
      note={hands.length > 0 && <b className="text-accent">{say('hands.waiting', { n: hands.length })}</b>}
      tools={
        state.phase === 'open' && (
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
      {present.length === 0 && <p className="text-soft">{say('roster.none')}</p>}
      <ul className="grid gap-0.5">
        {present.map((seat) => (
          <li
            key={seat.id}
            className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5 rounded-lg px-1 py-1 hover:bg-paper-deep"
          >
            <Round name={seat.name} colour={seat.colour} />
            <span className="min-w-[min(12ch,60%)] flex-1 truncate font-medium">
              <bdi>{seat.name}</bdi>
            </span>
            <span className="text-[13px] text-soft">
              {say('roster.containers', { n: seats.find((one) => one.seat === seat.id)?.containers.length ?? 0 })}
            </span>
            {hands.includes(seat.id) && (
              <Button small look="primary" onClick={() => onLower(seat.id)}>
                <Hand /> <span aria-hidden="true">{hands.indexOf(seat.id) + 1}</span> {say('hands.lower')}
              </Button>
            )}
            <Proved proof={state.proofs[seat.id]} manifestDigest={manifestDigest} />
            {state.phase === 'open' && (
              <span className="flex">
                <Button small look="quiet" onClick={() => onLook(seat.id)}>
                  {say('look.button')} <span className="sr-only">{seat.name}</span>
                </Button>
                <Button
                  small
                  look="quiet"
                  aria-label={say('roster.removeName', { name: seat.name })}
                  onClick={() => setAsked({ kind: 'remove', seat: seat.id, name: seat.name })}
                >
                  {say('roster.remove')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      <Dialog
        open={asked !== undefined}
        onClose={() => setAsked(undefined)}
        closeLabel={say('close')}
        title={asked?.kind === 'remove' ? say('roster.removeTitle', { name: asked.name }) : say('roster.endTitle')}
        description={say(asked?.kind === 'remove' ? 'roster.removeMore' : 'roster.endMore')}
      >
        <div className="flex justify-end gap-2">
          <Button onClick={() => setAsked(undefined)}>{say('cancel')}</Button>
          <Button
            look="danger"
            onClick={() => {
              if (asked?.kind === 'remove') onRemove(asked.seat);
              else onEnd();
              setAsked(undefined);
            }}
          >
            {say(asked?.kind === 'remove' ? 'roster.remove' : 'roster.end')}
          </Button>
        </div>
      </Dialog>
    </Panel>
  );
}

function Proved({ proof, manifestDigest }: { readonly proof?: Proof; readonly manifestDigest?: string }) {
  const say = useSay();
  if (!proof || proof.manifestDigest !== manifestDigest)
    return <span className="text-[13px] text-soft">{say('roster.notYet')}</span>;
  return proof.verified === proof.total ? (
    <span className="text-[13px] font-semibold text-ok">✓ {say('roster.verified', { ms: Math.round(proof.ms) })}</span>
  ) : (
    <span className="text-[13px] font-semibold text-del">
      ✗ {say('roster.failed', { verified: proof.verified, total: proof.total })}
    </span>
  );
}

/** Who asks comes first, the longest waiting before the others; everybody else stays in the order of arrival. */
function place(hands: readonly string[], seat: string): number {
  const at = hands.indexOf(seat);
  return at < 0 ? hands.length : at;
}

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
