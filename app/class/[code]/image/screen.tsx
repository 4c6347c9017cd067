'use client';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { publishArchived, uploadArchive, useHeld, useRoom } from '../../../_client';
import { Archive, type Built, firstDraft, mostContext, Result, Workshop } from '../../../_features/image';
import { Share } from '../../../_features/publish';
import { useSay } from '../../../_i18n/language';
import { buttonLook, Panel } from '../../../_ui';
import { Frame } from '../frame';
import { TakeClassHome } from '../take-home';
import { hosts, usePlace } from '../use-place';
import { latestImage } from '../view';
import { useDraft, useProblems } from './draft';

/** The host's workshop: write an image, build it, publish it, invite the class. */
export function ImageScreen({ code }: { readonly code: string }) {
  const say = useSay();
  const room = useRoom(code, 'host');
  usePlace(room, code, hosts);
  const state = useHeld(room?.classInbox.replica);
  const building = useHeld(room?.own)?.building;
  const [draft, setDraft] = useDraft(code, firstDraft);
  const problems = useProblems(draft.dockerfile);
  const [built, setBuilt] = useState<Built>({ kind: 'none' });
  const [publishing, setPublishing] = useState(false);
  const [stopping, setStopping] = useState(false);
  const isBuilding = built.kind === 'building' || building !== undefined;
  const published = state?.images.find(
    ({ reference }) => reference === (built.kind === 'done' ? built.image.reference : draft.reference),
  );

  useEffect(() => {
    if (published) setBuilt((now) => (now.kind === 'none' ? { kind: 'done', image: published, output: '' } : now));
  }, [published]);

  useEffect(() => {
    if (!isBuilding) setStopping(false);
  }, [isBuilding]);

  const build = async () => {
    setBuilt({ kind: 'building' });
    const answer = await room?.wire.ask('image:build', {
      code,
      reference: draft.reference,
      dockerfile: draft.dockerfile,
      files: [...draft.files],
    });
    if (answer?.ok) setBuilt({ kind: 'done', image: answer.image, output: answer.output });
    else
      setBuilt({
        kind: 'failed',
        message: answer?.message ?? say('refused.unavailable'),
        stopped: answer?.detail?.reason === 'build.stopped',
        ...(typeof answer?.detail?.output === 'string' && { output: answer.detail.output }),
      });
  };
  const stop = async () => {
    setStopping(true);
    const answer = await room?.wire.ask('image:stop', { code });
    // It ends by itself, or has ended: what came of it is told where the build is.
    if (!answer?.ok) setStopping(false);
  };
  const publish = async () => {
    if (built.kind !== 'done') return;
    setPublishing(true);
    const answer = await room?.wire.ask('image:publish', { code, reference: built.image.reference });
    setPublishing(false);
    if (answer && !answer.ok) setBuilt({ kind: 'failed', message: answer.message });
  };

  return (
    <Frame
      room={room}
      state={state}
      tools={
        <Link href={`/class/${code}/board`} className={buttonLook(state?.images.length ? 'primary' : 'plain', true)}>
          {say('image.toBoard')}
        </Link>
      }
    >
      <main className="grid grid-cols-[minmax(0,1fr)] gap-4 px-4 pb-12 md:px-7">
        <div>
          <h2 className="text-2xl">{say('image.title')}</h2>
          <p className="text-soft">{say('image.lead')}</p>
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,7fr)_minmax(380px,5fr)]">
          <Workshop
            draft={draft}
            problems={problems}
            building={isBuilding}
            most={mostContext}
            onDraft={setDraft}
            onBuild={() => void build()}
            onStop={stopping ? undefined : () => void stop()}
          />
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
            <Result
              built={building ? { kind: 'building' } : built}
              told={building?.output}
              published={published?.manifestDigest}
              publishing={publishing}
              onPublish={() => void publish()}
            />
            <Archive
              onUpload={async (file, how) => room && uploadArchive(code, file, room.wire, how)}
              onPublish={async (imageId, reference) => {
                const answer = room && (await publishArchived(code, imageId, reference, room.wire));
                return answer?.ok ? undefined : (answer?.message ?? say('refused.unavailable'));
              }}
              isPublished={(imageId, reference) =>
                state?.images.some((image) => image.imageId === imageId && image.reference === reference) ?? false
              }
            />
            {Boolean(state?.images.length) && (
              <Panel
                title={say('image.invite')}
                tools={<TakeClassHome room={room} image={published ?? latestImage(state)} />}
              >
                <Share code={code} link={`${location.origin}/join/${code}`} />
              </Panel>
            )}
          </div>
        </div>
      </main>
    </Frame>
  );
}
