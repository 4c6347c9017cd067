'use client';
import { useState } from 'react';
import type { Room } from '../../../_client';
import { useSay } from '../../../_i18n/language';
import { Button, Copy } from '../../../_ui';

/** Links for somebody else: to look on without a seat, or to teach this class too. */
export function ColleagueLinks({ room, code }: { readonly room: Room | undefined; readonly code: string }) {
  const say = useSay();
  const [link, setLink] = useState<string>();
  const make = async (kind: 'view' | 'host') => {
    const answer = await room?.wire.ask('link:make', { code, kind });
    if (answer?.ok) setLink(`${location.origin}/class/${code}/board#link=${encodeURIComponent(answer.token)}`);
  };
  const revoke = async () => {
    await room?.wire.ask('links:revoke', { code });
    setLink(undefined);
  };
  return (
    <div className="mt-4 grid gap-2 border-t border-line pt-3">
      <div className="flex flex-wrap items-center gap-2">
        <Button small onClick={() => void make('view')}>
          {say('links.view')}
        </Button>
        <Button small onClick={() => void make('host')}>
          {say('links.host')}
        </Button>
        <Button small look="quiet" onClick={() => void revoke()}>
          {say('links.revoke')}
        </Button>
      </div>
      {link && (
        <div className="flex flex-wrap items-center gap-2" role="status">
          <code className="min-w-0 flex-1 text-[12.5px] break-all">{link}</code>
          <Copy text={link} label={say('share.copy')} done={say('share.copied')} />
        </div>
      )}
    </div>
  );
}
