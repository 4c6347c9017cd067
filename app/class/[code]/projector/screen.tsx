'use client';
import Link from 'next/link';
import { showCode } from '../../../../lib/classroom';
import { Projected } from '../../../_features/divergence';
import { QrCode } from '../../../_features/publish';
import { useSpotlightWords } from '../../../_features/spotlight';
import { useSay } from '../../../_i18n/language';
import { DigestMark } from '../../../_picture';
import { buttonLook } from '../../../_ui';
import type { ImageView, Table } from '../../../_view';
import { Frame } from '../frame';
import { useClassBoard } from '../use-class-board';
import { Spotlit } from './spotlit';

/** What the class is shown: the spotlight, one big thing; without one, the class's picture and the code to join. */
export function ProjectorScreen({ code }: { readonly code: string }) {
  const say = useSay();
  const tell = useSpotlightWords();
  const { room, me, state, seats, image, table, proofs } = useClassBoard(code);
  const spotlight = state?.spotlight;
  const name = spotlight?.kind === 'seat' ? seats.find(({ seat }) => seat === spotlight.seat)?.name : undefined;
  const home = me?.role === 'seat' ? '' : '/board';
  return (
    <Frame
      room={room}
      state={state}
      tall
      marks={
        spotlight && (
          <b className="text-xl" role="status">
            {tell(spotlight, name)}
          </b>
        )
      }
      tools={
        <>
          {spotlight && <span className="font-mono text-2xl font-bold tracking-[0.12em]">{showCode(code)}</span>}
          <Link href={`/class/${code}${home}`} className={buttonLook(home ? 'quiet' : 'primary', true)}>
            {say(home ? 'desk.board' : 'desk.title')}
          </Link>
        </>
      }
    >
      {state && room && spotlight && (
        <main className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] items-center justify-items-center overflow-auto px-4 pb-6 md:px-8">
          <Spotlit {...{ room, state, spotlight, image, seats, table }} />
        </main>
      )}
      {state && !spotlight && <Wall {...{ code, image, table, proofs }} />}
    </Frame>
  );
}

function Wall({
  code,
  image,
  table,
  proofs,
}: {
  readonly code: string;
  readonly image: ImageView | undefined;
  readonly table: Table;
  readonly proofs: { readonly verified: number; readonly total: number } | undefined;
}) {
  const say = useSay();
  const whole = proofs && proofs.verified === proofs.total;
  return (
    <main className="grid min-h-0 flex-1 gap-8 px-4 pb-6 md:px-8 xl:grid-cols-[minmax(0,1fr)_minmax(380px,460px)] xl:items-center">
      <div className="grid min-h-0 place-items-center">
        {image ? <Projected image={image} table={table} /> : <p className="text-2xl">{say('board.noImage')}</p>}
      </div>
      <div className="grid content-center gap-7">
        <div className="flex items-center gap-6">
          <div className="w-40 shrink-0">
            <QrCode text={`${location.origin}/join/${code}`} label={say('share.qr', { link: `/join/${code}` })} />
          </div>
          <div>
            <p className="text-2xl text-soft">{say('projector.join', { host: location.host })}</p>
            <p className="font-mono text-5xl font-bold tracking-[0.12em]">{showCode(code)}</p>
          </div>
        </div>
        {image && (
          <div className="grid gap-4 text-2xl leading-snug">
            <p>
              <b className="text-4xl">1</b> {say('projector.image')}{' '}
              <DigestMark digest={image.manifestDigest} size={30} />
            </p>
            <p>
              <b className="text-4xl">{table.columns.length}</b> {say('projector.sheets', { n: table.columns.length })}
            </p>
            {proofs && (
              <p className={whole ? 'text-ok' : ''} role="status">
                <b className="text-4xl">{whole ? `✓ ${proofs.verified}` : proofs.verified}</b>{' '}
                {say('projector.verified', { n: proofs.total })}
              </p>
            )}
          </div>
        )}
      </div>
    </main>
  );
}
