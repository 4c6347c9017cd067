'use client';
import { memo } from 'react';
import type { Proof, Seat } from '../../../lib/classroom/state';
import { useSay } from '../../_i18n/language';
import { Round, SignMark } from '../../_picture';
import { Button, Hand, Menu } from '../../_ui';

/** What a host may do to one seat. */
export type SeatAct = 'look' | 'show' | 'note' | 'rename' | 'undo' | 'reset' | 'remove' | 'lower';

export interface RowProps {
  readonly seat: Seat;
  readonly containers: number;
  /** 1 for the next in the queue of those who ask. */
  readonly asks?: number;
  readonly stuckOn?: string;
  /** Whole minutes since they last did something, when that is long. */
  readonly idle?: number;
  readonly proof?: Proof;
  readonly manifestDigest?: string;
  readonly open: boolean;
  readonly onAct: (act: SeatAct, seat: Seat) => void;
}

/** One person in the list. Drawn again only when something about this person changed. */
export const Row = memo(function Row({ seat, containers, asks, open, onAct, ...about }: RowProps) {
  const say = useSay();
  const act = (one: SeatAct) => () => onAct(one, seat);
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-2.5 rounded-lg px-1 py-1 hover:bg-paper-deep">
      <Round name={seat.name} colour={seat.colour} />
      <span className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5">
        <span className="min-w-[min(12ch,60%)] flex-1 truncate font-medium">
          <bdi>{seat.name}</bdi>
        </span>
        <Condition stuckOn={about.stuckOn} idle={about.idle} />
        <span className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5 max-sm:w-full">
          <span className="text-[13px] text-soft">{say('roster.containers', { n: containers })}</span>
          {asks !== undefined && (
            <Button small look="primary" onClick={act('lower')}>
              <Hand /> <span aria-hidden="true">{asks}</span> {say('hands.lower')}
              <span className="sr-only">{seat.name}</span>
            </Button>
          )}
          <Proved proof={about.proof} manifestDigest={about.manifestDigest} />
        </span>
      </span>
      {open && (
        <span className="flex items-center">
          <Button small look="quiet" onClick={act('look')}>
            {say('look.button')} <span className="sr-only">{seat.name}</span>
          </Button>
          <Menu
            label={say('roster.more', { name: seat.name })}
            items={[
              { label: say('roster.show'), onSelect: act('show') },
              { label: say('roster.note'), onSelect: act('note') },
              { label: say('roster.rename'), onSelect: act('rename') },
              { label: say('roster.undo'), onSelect: act('undo') },
              { label: say('roster.reset'), onSelect: act('reset'), danger: true },
              { label: say('roster.remove'), onSelect: act('remove'), danger: true },
            ]}
          />
        </span>
      )}
    </li>
  );
});

/** Stuck, or long quiet: a word and a sign, never colour alone. */
function Condition({ stuckOn, idle }: { readonly stuckOn?: string; readonly idle?: number }) {
  const say = useSay();
  if (stuckOn !== undefined)
    return (
      <span
        className="inline-flex max-w-[28ch] items-center gap-1 rounded-md bg-chg-wash px-1.5 text-[13px] font-semibold text-chg"
        title={stuckOn}
      >
        <SignMark sign="stuck" />
        <span className="truncate">{say('roster.stuck', { line: stuckOn })}</span>
      </span>
    );
  if (idle !== undefined)
    return (
      <span className="inline-flex items-center gap-1 text-[13px] text-soft">
        <SignMark sign="idle" />
        {say('roster.idle', { n: idle })}
      </span>
    );
  return null;
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
