'use client';
import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { Suspense, useEffect } from 'react';
import { useHeld, useRoom } from '../../../_client';
import { Compare } from '../../../_features/compare';
import { useSay } from '../../../_i18n/language';
import { Button, buttonLook, Copy, Note } from '../../../_ui';
import { Frame } from '../frame';
import { latestImage } from '../view';
import { isSide, useSides } from './sides';

export function CompareScreen({ code }: { readonly code: string }) {
  return (
    <Suspense>
      <Comparison code={code} />
    </Suspense>
  );
}

/** Two sides named by the address, so that a link opens the same comparison for whoever may see it. */
function Comparison({ code }: { readonly code: string }) {
  const say = useSay();
  const router = useRouter();
  const query = useSearchParams();
  const room = useRoom(code, 'any', true);
  const state = useHeld(room?.classInbox.replica);
  const me = useHeld(room?.me);
  const image = latestImage(state);
  const named = { left: query.get('left') ?? 'image', right: query.get('right') ?? '' };
  const sides = useSides(room, state, image, [
    { id: named.left, of: query.get('leftOf') },
    { id: named.right, of: query.get('rightOf') },
  ]);
  const found = { left: sides?.find(named.left), right: sides?.find(named.right) };
  const left = isSide(found.left) ? found.left : undefined;
  const right = isSide(found.right) ? found.right : undefined;
  const fetching = found.left === 'fetching' || found.right === 'fetching';
  const gone = [found.left, found.right].flatMap((one) => (typeof one === 'object' && 'gone' in one ? one.gone : []));
  const path = query.get('path') ?? undefined;
  const go = (change: Record<string, string>) => {
    const next = new URLSearchParams({
      left: left?.id ?? 'image',
      right: right?.id ?? 'image',
      ...(path && { path }),
      ...change,
    });
    // Whose it is: so that the link still finds it when it has been removed.
    for (const side of ['left', 'right']) {
      const owner = sides?.owner(next.get(side)!);
      if (owner) next.set(`${side}Of`, owner);
    }
    router.replace(`?${next}`, { scroll: false });
  };
  // The link that is copied means this point in time, also when there is a later one.
  const last = [left, right].some((side, at) => side && [named.left, named.right][at]!.endsWith('@last'));
  const ownerless = (['left', 'right'] as const).some((side) => sides?.owner(named[side]) && !query.get(`${side}Of`));
  useEffect(() => {
    if ((last || ownerless) && left && right) go({});
  });
  return (
    <Frame
      room={room}
      state={state}
      tools={
        state && (
          <>
            {me?.role === 'host' && left && (
              <Button
                small
                onClick={() =>
                  void room?.wire.ask('spotlight:move', {
                    code,
                    spotlight: {
                      kind: 'pair',
                      left: left.id,
                      right: (right ?? sides!.first).id,
                      ...(path !== undefined && { path }),
                    },
                  })
                }
              >
                {say('spotlight.show')}
              </Button>
            )}
            <Copy text={location.href} label={say('compare.copyLink')} done={say('share.copied')} />
            <Link href={`/class/${code}${me?.role === 'seat' ? '' : '/board'}`} className={buttonLook('plain', true)}>
              {say(me?.role === 'seat' ? 'desk.title' : 'desk.board')}
            </Link>
          </>
        )
      }
    >
      <main className="grid grid-cols-[minmax(0,1fr)] gap-4 px-4 pb-12 md:px-7">
        <h2 className="text-2xl">{say('compare.title')}</h2>
        {me?.role === 'seat' && state?.rules.compare === false && <Note>{say('compare.closed')}</Note>}
        {!image && state && <Note>{say('board.noImage')}</Note>}
        {image && !sides && <p className="text-soft">{say('compare.loading')}</p>}
        {fetching && <p className="text-soft">{say('earlier.fetching')}</p>}
        {gone.map((sentence) => (
          <Note key={sentence} tone="warn">
            {sentence}
          </Note>
        ))}
        {[...new Set([named.left, named.right].flatMap((id) => sides?.removed(id) ?? []))].map((name) => (
          <Note key={name} tone="warn">
            {say('compare.removed', { name })}
          </Note>
        ))}
        {sides && !fetching && gone.length === 0 && ((named.right && !right) || !left) && (
          <Note tone="warn">{say('compare.missing')}</Note>
        )}
        {sides && left && !fetching && (
          <Compare
            left={left}
            right={right ?? sides.first}
            choices={sides.choices}
            path={path}
            when={sides.when}
            onItself={(earlier, now) => go({ left: earlier, right: now })}
            onLeft={(id) => go({ left: id })}
            onRight={(id) => go({ right: id })}
            onPath={(path) => go({ path })}
          />
        )}
      </main>
    </Frame>
  );
}
