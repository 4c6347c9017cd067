'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ClassState } from '../../../lib/classroom';
import { cameByLink, forgetSeat, type Room, useConnection, useHeld } from '../../_client';
import { ConnectionBanner, Ended } from '../../_features/connection';
import { useSay } from '../../_i18n/language';
import { buttonLook, Top } from '../../_ui';

/** What every screen of a class has around it: its title, the line's state, and the ways out when the class cannot be shown. */
export function Frame({
  room,
  state,
  waiting = 0,
  marks,
  tools,
  children,
  tall = false,
}: {
  readonly room: Room | undefined;
  readonly state: ClassState | undefined;
  readonly waiting?: number;
  /** Beside the title. */
  readonly marks?: ReactNode;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
  /** Fills the window and scrolls inside. */
  readonly tall?: boolean;
}) {
  const say = useSay();
  const connection = useConnection(room, waiting);
  const refused = useHeld(room?.refused);
  const lost = useHeld(room?.lost);
  const code = room?.code ?? '';
  const way = lost || connection.kind === 'refused' ? 'lost' : refused && !state ? 'refused' : undefined;
  if (way === 'lost') forgetSeat(code);
  return (
    <div className={`flex min-h-dvh flex-col ${tall ? 'xl:h-dvh' : ''}`}>
      <Top
        title={
          state && (
            <h1 className="truncate text-[15px] font-medium text-soft" title={state.title}>
              <bdi>{state.title}</bdi>
            </h1>
          )
        }
        marks={way ? undefined : marks}
        tools={way ? undefined : tools}
      />
      {way !== 'lost' && <ConnectionBanner connection={connection} />}
      {way === 'lost' && (
        <Ended
          title={say('lost.title')}
          message={lost ?? say('lost.token')}
          again={{ href: `/join/${code}`, label: say('lost.join') }}
        />
      )}
      {way === 'refused' && (
        <Refused code={code} message={refused!.message} forbidden={refused!.code === 'forbidden'} />
      )}
      {!way && children}
    </div>
  );
}

function Refused({
  code,
  message,
  forbidden,
}: {
  readonly code: string;
  readonly message: string;
  readonly forbidden: boolean;
}) {
  const say = useSay();
  // A link to teach says who one is together with signing in: until then it opens nothing.
  const invited = forbidden && cameByLink(code);
  const why = invited ? say('refused.invited') : say('refused.notHost');
  return (
    <main className="mx-auto grid max-w-lg justify-items-center gap-5 px-4 pt-10 pb-16 text-center md:pt-24">
      <h1 className="text-2xl">{forbidden ? why : message}</h1>
      <div className="flex flex-wrap justify-center gap-3">
        {forbidden && !invited && (
          <Link href={`/join/${code}`} className={buttonLook('primary')}>
            {say('landing.join')}
          </Link>
        )}
        <Link
          href={forbidden ? `/sign-in?callbackUrl=/class/${code}/board` : '/host'}
          className={buttonLook(invited ? 'primary' : 'plain')}
        >
          {say(forbidden ? 'signIn.enter' : 'landing.host')}
        </Link>
        <Link href="/" className={buttonLook('plain')}>
          {say('ended.home')}
        </Link>
      </div>
    </main>
  );
}
