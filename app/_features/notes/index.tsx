'use client';
import { useState } from 'react';
import type { Note as Sent } from '../../../lib/classroom/events';
import { useSay } from '../../_i18n/language';
import { Button, Note } from '../../_ui';

export { Inbox } from './inbox';

/** The latest note from the host, until it is put away. */
export function LatestNote({ notes, host }: { readonly notes: readonly Sent[]; readonly host: string }) {
  const say = useSay();
  const [seen, setSeen] = useState<string>();
  const latest = notes.findLast(({ from }) => from === 'host');
  if (!latest || latest.id === seen) return null;
  return (
    <Note live className="mx-4 mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 md:mx-7">
      <b>
        <bdi>{host}</bdi>
      </b>
      <span className="min-w-0 flex-1 break-words whitespace-pre-wrap">
        <bdi>{latest.text}</bdi>
      </span>
      <Button small look="quiet" onClick={() => setSeen(latest.id)}>
        {say('notes.seen')}
      </Button>
    </Note>
  );
}
