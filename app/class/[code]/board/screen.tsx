'use client';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useDeferredValue, useRef, useState } from 'react';
import { type ClassState, showCode } from '../../../../lib/classroom';
import { Counters, Divergence } from '../../../_features/divergence';
import { Groups } from '../../../_features/groups';
import { Hints } from '../../../_features/hints';
import { Matrix } from '../../../_features/matrix';
import { ProofMark } from '../../../_features/proof';
import { Roster } from '../../../_features/roster';
import { useSay } from '../../../_i18n/language';
import { buttonLook, Note, sameMap, useKept, useSteady } from '../../../_ui';
import { emptyTable, type Hint, hintsAfter, hintsOf, type SeatView } from '../../../_view';
import { Frame } from '../frame';
import { useSeatActs } from '../seat-acts';
import { useClassBoard } from '../use-class-board';
import { useTagStacks } from './tag-stacks';

/** What only a host has, or only shows when it is asked for: the picture does not wait for it. */
const Tools = dynamic(() => import('./tools').then((module) => module.Tools), { ssr: false });
const Inbox = dynamic(() => import('../../../_features/notes').then((module) => module.Inbox), { ssr: false });
const Picked = dynamic(() => import('./picked').then((module) => module.Picked), { ssr: false });
const Tags = dynamic(() => import('../../../_features/tags').then((module) => module.Tags), { ssr: false });
const TakeClassHome = dynamic(() => import('../take-home').then((module) => module.TakeClassHome), { ssr: false });

/** The whole class: one image below, everybody's sheets above, and where they differ. */
export function BoardScreen({ code }: { readonly code: string }) {
  const say = useSay();
  const router = useRouter();
  const board = useClassBoard(code);
  const { room, me, state, seats, conditions, image, setReference, table, elsewhere, fetch, proof, proofs } = board;
  const { columns } = table;
  // The picture comes first; what is beside it follows in a step of its own, so that neither keeps the page for long.
  const later = useDeferredValue(table, emptyTable);
  const teaches = me?.role === 'host';
  const closed = me?.role === 'seat' && state?.rules.compare === false;
  const stacks = useTagStacks(state, image, columns, elsewhere);
  const acts = useSeatActs(room, code);
  const hints = useHints(state, seats);
  const containers = useKept(new Map(seats.map(({ seat, containers }) => [seat, containers.length])), sameMap);
  const [picked, setPicked] = useState<readonly string[]>([]);
  const pick = useSteady((id: string) =>
    setPicked((now) => (now.includes(id) ? now.filter((one) => one !== id) : [...now, id].slice(-2))),
  );
  const compare = (left: string, right: string, path?: string) =>
    router.push(
      `/class/${code}/compare?left=${short(left)}&right=${short(right)}${path ? `&path=${encodeURIComponent(path)}` : ''}`,
    );

  const open = useSteady((id: string, path: string) => compare('image', id, path));
  const pickGroup = useSteady((ids: readonly string[]) => setPicked(ids.slice(0, 2)));
  const look = useSteady((seat: string) => {
    void room?.wire.ask('look:ask', { code, seat });
    router.push(`/class/${code}/look/${seat}`);
  });
  const show = useSteady((seat: string) => acts.spotlight({ kind: 'seat', seat }));
  const lower = useSteady((seat: string) => void room?.wire.ask('hand:lower', { code, seat }));
  const lock = useSteady((locked: boolean) => void room?.wire.ask('class:lock', { code, locked }));

  return (
    <Frame
      room={room}
      state={state}
      marks={
        image && (
          <>
            <ProofMark image={image} proof={proof} fetch={fetch} />
            {proofs && <AllProofs {...proofs} />}
          </>
        )
      }
      tools={
        state &&
        (!teaches ? (
          me?.role === 'seat' && (
            <Link href={`/class/${code}`} className={buttonLook('primary', true)}>
              {say('desk.title')}
            </Link>
          )
        ) : (
          <>
            <Inbox notes={state.notes} me="host" people={acts.people(state)} onSend={acts.note} />
            <Link href={`/class/${code}/image`} className={buttonLook('quiet', true)}>
              {say('board.image')}
            </Link>
            <Link href={`/class/${code}/projector`} className={buttonLook('quiet', true)}>
              {say('board.projector')}
            </Link>
            <Link href={`/class/${code}`} className={buttonLook('quiet', true)}>
              {say('board.desk')}
            </Link>
            <span className="font-mono text-xl font-bold tracking-[0.12em] 2xl:text-2xl" title={say('landing.code')}>
              {showCode(code)}
            </span>
          </>
        ))
      }
    >
      {state && closed && (
        <main className="grid justify-items-center gap-4 px-4 py-16 text-center">
          <h2 className="text-2xl">{say('board.closed')}</h2>
          <Link href={`/class/${code}`} className={buttonLook('primary')}>
            {say('desk.title')}
          </Link>
        </main>
      )}
      {state && !closed && (
        <main className="grid grid-cols-[minmax(0,1fr)] gap-4 px-4 pb-12 md:px-7">
          <h2 className="sr-only">{say('board.title')}</h2>
          {state.phase === 'ended' && <Note tone="warn">{say('ended.title')}</Note>}
          {!image && (
            <Note className="flex flex-wrap items-center gap-4">
              {say('board.noImage')}
              {teaches && (
                <Link href={`/class/${code}/image`} className={buttonLook('primary')}>
                  {say('board.writeImage')}
                </Link>
              )}
            </Note>
          )}
          {image && state.images.length > 1 && (
            <nav aria-label={say('board.which')} className="flex flex-wrap gap-2">
              {state.images.map((one) => (
                <button
                  key={one.reference}
                  type="button"
                  aria-pressed={one === image}
                  onClick={() => setReference(one.reference)}
                  className={`${buttonLook(one === image ? 'primary' : 'plain', true)} font-mono`}
                >
                  {one.reference}
                </button>
              ))}
            </nav>
          )}
          {image && stacks.length > 1 && <Tags tag={image.reference} stacks={stacks} />}
          <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,46fr)_minmax(0,54fr)]">
            {image && <Divergence {...{ image, table, conditions, picked }} onPick={pick} />}
            <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
              {image && (
                <Picked
                  picked={picked}
                  columns={columns}
                  onCompare={compare}
                  onShow={teaches ? acts.spotlight : undefined}
                  onClear={() => setPicked([])}
                >
                  <TakeClassHome
                    room={room}
                    image={image}
                    containers={
                      teaches
                        ? columns
                            .filter(({ id }) => picked.includes(id))
                            .map(({ id, label, seat }) => ({ id, label, seat }))
                        : []
                    }
                  />
                </Picked>
              )}
              {image && <Matrix table={later} picked={picked} onPick={pick} onOpen={open} />}
              {image && <Groups table={later} conditions={conditions} onPick={pickGroup} />}
            </div>
          </div>
          {teaches && <Hints hints={hints} />}
          {image && <Counters image={image} table={later} elsewhere={elsewhere.length} />}
          <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-2">
            {teaches && (
              <Roster
                {...{ state, containers, conditions }}
                manifestDigest={image?.manifestDigest}
                onLook={look}
                onShow={show}
                onLower={lower}
                onLock={lock}
                onDo={acts.act}
              />
            )}
            {state.phase === 'open' && teaches && <Tools {...{ room, state, image, seats, table, acts }} />}
          </div>
        </main>
      )}
    </Frame>
  );
}

/** How many of the browsers that should have checked the image have found it true. */
function AllProofs({ verified, total }: { readonly verified: number; readonly total: number }) {
  const say = useSay();
  const whole = verified === total;
  return (
    <span role="status" className={`text-sm font-semibold max-sm:hidden ${whole ? 'text-ok' : 'text-soft'}`}>
      {whole && '✓ '}
      {say('board.verified', { verified, n: total })}
    </span>
  );
}

/** A container's id as Docker shortens it; when it is meant stays. */
const short = (id: string) => id.replace(/^[0-9a-f]{12}[0-9a-f]*/, (whole) => whole.slice(0, 12));

/** What the class betrays; the very same for as long as the same people do. */
function useHints(state: ClassState | undefined, seats: readonly SeatView[]): readonly Hint[] {
  const held = useRef<readonly Hint[]>([]);
  held.current = hintsAfter(held.current, hintsOf(seats, new Set(state?.images.map(({ imageId }) => imageId))));
  return held.current;
}
