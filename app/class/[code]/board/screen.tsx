'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { showCode } from '../../../../lib/classroom';
import { useHeld, useRoom } from '../../../_client';
import { Counters, Divergence } from '../../../_features/divergence';
import { Groups } from '../../../_features/groups';
import { Matrix } from '../../../_features/matrix';
import { ProofMark, useProof } from '../../../_features/proof';
import { Share } from '../../../_features/publish';
import { countProofs, Roster } from '../../../_features/roster';
import { useSay } from '../../../_i18n/language';
import { buttonLook, Note, Panel } from '../../../_ui';
import { columnsOf } from '../../../_view';
import { Frame } from '../frame';
import { latestImage, useSeats } from '../view';
import { Picked } from './picked';

/** The whole class: one image below, everybody's sheets above, and where they differ. */
export function BoardScreen({ code }: { readonly code: string }) {
  const say = useSay();
  const router = useRouter();
  const room = useRoom(code, 'host', true);
  const state = useHeld(room?.classInbox.replica);
  const me = useHeld(room?.me);
  const machines = useHeld(room?.board);
  const seats = useSeats(state, machines);
  const [reference, setReference] = useState<string>();
  const [picked, setPicked] = useState<readonly string[]>([]);
  const image = state?.images.find((one) => one.reference === reference) ?? latestImage(state);
  const proof = useProof(
    image,
    async (digest) => room?.blobs.fetch(digest),
    (report) => void room?.wire.ask('proof:report', { code, ...report }),
  );
  const { on, elsewhere } = useMemo(
    () => (image ? columnsOf(seats, image) : { on: [], elsewhere: [] }),
    [seats, image],
  );
  const pick = (id: string) =>
    setPicked((now) => (now.includes(id) ? now.filter((one) => one !== id) : [...now, id].slice(-2)));
  const compare = (left: string, right: string, path?: string) =>
    router.push(
      `/class/${code}/compare?left=${left.slice(0, 12)}&right=${right.slice(0, 12)}${path ? `&path=${encodeURIComponent(path)}` : ''}`,
    );
  const proofs = state && image ? countProofs(state, image.manifestDigest) : undefined;

  return (
    <Frame
      room={room}
      state={state}
      marks={image && <ProofMark image={image} proof={proof} fetch={async (digest) => room?.blobs.fetch(digest)} />}
      tools={
        state && (
          <>
            <Link href={`/class/${code}/image`} className={buttonLook('quiet', true)}>
              {say('board.image')}
            </Link>
            <Link href={`/class/${code}`} className={buttonLook('quiet', true)}>
              {say('board.desk')}
            </Link>
            <span className="font-mono text-2xl font-bold tracking-[0.14em]" title={say('landing.code')}>
              {showCode(code)}
            </span>
          </>
        )
      }
    >
      {state && me && (
        <main className="grid gap-4 px-4 pb-12 md:px-7">
          <h2 className="sr-only">{say('board.title')}</h2>
          {state.phase === 'ended' && <Note tone="warn">{say('ended.title')}</Note>}
          {!image && (
            <Note className="flex flex-wrap items-center gap-4">
              {say('board.noImage')}
              <Link href={`/class/${code}/image`} className={buttonLook('primary')}>
                {say('board.writeImage')}
              </Link>
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
          <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,46fr)_minmax(0,54fr)]">
            {image && <Divergence image={image} columns={on} picked={picked} onPick={pick} />}
            <div className="grid gap-4">
              {image && <Picked picked={picked} columns={on} onCompare={compare} onClear={() => setPicked([])} />}
              {image && (
                <Matrix columns={on} picked={picked} onPick={pick} onOpen={(id, path) => compare('image', id, path)} />
              )}
              {image && <Groups columns={on} onPick={(ids) => setPicked(ids.slice(0, 2))} />}
            </div>
          </div>
          {image && <Counters image={image} columns={on} elsewhere={elsewhere.length} />}
          <div className="grid items-start gap-4 xl:grid-cols-2">
            <div className="grid gap-2">
              {proofs && (
                <p
                  className={`px-1 font-semibold ${proofs.verified === proofs.total ? 'text-ok' : 'text-soft'}`}
                  role="status"
                >
                  {proofs.verified === proofs.total ? '✓ ' : ''}
                  {say('board.verified', { verified: proofs.verified, n: proofs.total })}
                </p>
              )}
              <Roster
                state={state}
                seats={seats}
                manifestDigest={image?.manifestDigest}
                onRemove={(seat) => void room?.wire.ask('seat:remove', { code, seat })}
                onLock={(locked) => void room?.wire.ask('class:lock', { code, locked })}
                onEnd={() => void room?.wire.ask('class:end', { code })}
              />
            </div>
            <Panel title={say('board.share')}>
              <Share code={code} link={`${location.origin}/join/${code}`} />
            </Panel>
          </div>
        </main>
      )}
    </Frame>
  );
}
