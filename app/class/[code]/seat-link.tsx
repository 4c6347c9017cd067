'use client';
import { useState } from 'react';
import { seatLink } from '../../_client';
import { QrCode } from '../../_features/publish';
import { useSay } from '../../_i18n/language';
import { Round } from '../../_picture';
import { Button, Copy, Dialog, Field } from '../../_ui';

/** Who I am here; behind it, the way to bring my seat to another device. */
export function SeatLink({
  code,
  name,
  colour,
  onRename,
}: {
  readonly code: string;
  readonly name: string;
  readonly colour: number;
  /** Answers what is wrong with the new name, if anything. */
  readonly onRename: (name: string) => Promise<string | undefined>;
}) {
  const say = useSay();
  const [link, setLink] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [renamed, setRenamed] = useState(false);
  return (
    <>
      <button
        type="button"
        onClick={() => setLink(seatLink(code))}
        title={say('desk.seatLink')}
        className="inline-flex max-w-48 items-center gap-2 rounded-full border border-line bg-card py-1 pl-1 text-sm max-sm:pr-1 sm:pr-3 font-medium hover:border-line-strong"
      >
        <Round name={name} colour={colour} />
        <bdi className="truncate max-sm:sr-only">{name}</bdi>
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
            <form
              className="grid w-full grid-cols-[minmax(0,1fr)_auto] items-start gap-2 border-t border-line pt-4"
              onSubmit={async (event) => {
                event.preventDefault();
                const wrong = await onRename(String(new FormData(event.currentTarget).get('name') ?? ''));
                setProblem(wrong);
                setRenamed(wrong === undefined);
              }}
            >
              <Field
                name="name"
                label={say('desk.name')}
                defaultValue={name}
                autoComplete="off"
                error={problem}
                hint={renamed && <span className="text-ok">✓ {say('teach.done')}</span>}
              />
              <Button type="submit" className="mt-[30px] py-2.5">
                {say('roster.rename')}
              </Button>
            </form>
          </div>
        )}
      </Dialog>
    </>
  );
}
