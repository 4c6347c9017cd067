'use client';
import type { Look } from '../../../lib/classroom/state';
import { useSay } from '../../_i18n/language';
import { Button, Note } from '../../_ui';

/** A student's side: somebody asks to look, or is looking now. It stays in sight for as long as that lasts. */
export function LookedAt({
  look,
  host,
  onGrant,
  onEnd,
}: {
  readonly look: Look;
  readonly host: string;
  readonly onGrant: (typing: boolean) => void;
  readonly onEnd: () => void;
}) {
  const say = useSay();
  if (look.state !== 'asked')
    return (
      <Note tone="warn" live className="mx-4 mb-3 flex flex-wrap items-center gap-3 md:mx-7">
        <b className="flex-1">{say(look.state === 'typing' ? 'look.types' : 'look.looks', { host })}</b>
        <Button small onClick={onEnd}>
          {say('look.stop')}
        </Button>
      </Note>
    );
  return (
    <Note live className="mx-4 mb-3 flex flex-wrap items-center gap-3 md:mx-7">
      <b className="flex-1">{say('look.asks', { host })}</b>
      <Button small look="primary" onClick={() => onGrant(false)}>
        {say('look.allow')}
      </Button>
      <Button small onClick={() => onGrant(true)}>
        {say('look.allowTyping')}
      </Button>
      <Button small look="quiet" onClick={onEnd}>
        {say('look.refuse')}
      </Button>
    </Note>
  );
}

/** The host's side: what the student has said. */
export function LookState({
  look,
  name,
  onAsk,
  onEnd,
}: {
  readonly look: Look | undefined;
  readonly name: string;
  readonly onAsk: () => void;
  readonly onEnd: () => void;
}) {
  const say = useSay();
  return (
    <div className="flex flex-wrap items-center gap-3" role="status">
      <span className="font-medium">
        {say(
          look === undefined
            ? 'look.none'
            : look.state === 'asked'
              ? 'look.waiting'
              : look.state === 'typing'
                ? 'look.mayType'
                : 'look.maySee',
          { name },
        )}
      </span>
      {look ? (
        <Button small onClick={onEnd}>
          {say('look.stop')}
        </Button>
      ) : (
        <Button small look="primary" onClick={onAsk}>
          {say('look.ask')}
        </Button>
      )}
    </div>
  );
}
