'use client';
import { useState } from 'react';
import { seatLink } from '../../_client';
import { QrCode } from '../../_features/publish';
import { useSay } from '../../_i18n/language';
import { Round } from '../../_picture';
import { Copy, Dialog } from '../../_ui';

/** Who I am here; behind it, the way to bring my seat to another device. */
export function SeatLink({
  code,
  name,
  colour,
}: {
  readonly code: string;
  readonly name: string;
  readonly colour: number;
}) {
  const say = useSay();
  const [link, setLink] = useState<string>();
  return (
    <>
      <button
        type="button"
        onClick={() => setLink(seatLink(code))}
        title={say('desk.seatLink')}
        className="inline-flex max-w-48 items-center gap-2 rounded-full border border-line bg-card py-1 pr-3 pl-1 text-sm font-medium hover:border-line-strong"
      >
        <Round name={name} colour={colour} />
        <bdi className="truncate">{name}</bdi>
      </button>
      <Dialog
        open={link !== undefined}
        onClose={() => setLink(undefined)}
        title={say('desk.seatLink')}
        description={say('desk.seatLinkMore')}
        closeLabel={say('close')}
      >
        {link && (
          <div className="grid justify-items-center gap-4">
            <div className="w-56">
              <QrCode text={link} label={say('share.qr', { link: say('desk.seatLink') })} />
            </div>
            <Copy text={link} label={say('share.copy')} done={say('share.copied')} small={false} />
          </div>
        )}
      </Dialog>
    </>
  );
}
