'use client';
import { useState } from 'react';
import type { Note } from '../../../lib/classroom/events';
import { useSay } from '../../_i18n/language';
import { Button, Dialog, Field, Scroll } from '../../_ui';

/** What came of sending: undefined when it arrived, a sentence when it did not. */
export type Sent = Promise<string | undefined>;

export interface InboxPerson {
  /** A seat, or `host`. */
  readonly id: string;
  readonly name: string;
}

/**
 * Messages between the host and one person at a time (and from the host to all): a button that counts what has not been read,
 * and a card with the messages and a line to write. `me` is a seat, or `host`.
 */
export function Inbox({
  notes,
  me,
  people,
  onSend,
}: {
  readonly notes: readonly Note[];
  readonly me: string;
  /** Who can be written to: for a student the host alone. */
  readonly people: readonly InboxPerson[];
  readonly onSend: (to: string, text: string) => Sent;
}) {
  const say = useSay();
  const [open, setOpen] = useState(false);
  const [read, setRead] = useState(() => lastRead(me));
  const [problem, setProblem] = useState<string>();
  const [to, setTo] = useState<string>();
  const from = notes.filter((note) => (me === 'host' ? note.from !== 'host' : note.from === 'host'));
  const unread = from.length - 1 - from.findLastIndex(({ id }) => id === read);
  const chosen = people.find(({ id }) => id === to)?.id ?? people[0]?.id;
  const name = (id: string) =>
    id === 'all' ? say('notes.all') : id === me ? say('notes.you') : (people.find((one) => one.id === id)?.name ?? '?');
  const look = (now: boolean) => {
    setOpen(now);
    setRead(from.at(-1)?.id);
    keepRead(me, from.at(-1)?.id);
    const last = from.at(-1)?.from;
    if (now && last) setTo(last);
  };
  return (
    <>
      <Button small look={unread > 0 ? 'primary' : 'plain'} onClick={() => look(true)}>
        <span aria-live="polite">{unread > 0 ? say('notes.unread', { n: unread }) : say('notes.title')}</span>
      </Button>
      <Dialog
        open={open}
        onClose={() => look(false)}
        closeLabel={say('close')}
        title={say('notes.title')}
        description={say(me === 'host' ? 'notes.hostMore' : 'notes.seatMore')}
      >
        <Scroll label={say('notes.title')} className="max-h-[40dvh]">
          <ul className="grid gap-2" aria-live="polite">
            {notes.length === 0 && <li className="text-soft">{say('notes.none')}</li>}
            {notes.map((note) => (
              <li
                key={note.id}
                className={`max-w-[88%] rounded-xl px-3 py-2 ${note.from === me ? 'ml-auto bg-host-wash' : 'bg-paper-deep'}`}
              >
                <span className="block text-[13px] text-soft">
                  <bdi>{name(note.from)}</bdi> → <bdi>{name(note.to)}</bdi>{' '}
                  <time dateTime={new Date(note.at).toISOString()}>
                    {new Date(note.at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}
                  </time>
                </span>
                <bdi className="break-words whitespace-pre-wrap">{note.text}</bdi>
              </li>
            ))}
          </ul>
        </Scroll>
        {chosen && (
          <form
            className="mt-4 grid gap-3"
            onSubmit={async (event) => {
              event.preventDefault();
              const form = event.currentTarget;
              const wrong = await onSend(chosen, String(new FormData(form).get('text') ?? ''));
              setProblem(wrong);
              if (wrong === undefined) form.reset();
            }}
          >
            {people.length > 1 && (
              <select
                aria-label={say('notes.to')}
                value={chosen}
                onChange={(event) => setTo(event.target.value)}
                className="min-w-0 rounded-[10px] border border-line-strong bg-card px-3 py-2"
              >
                {people.map(({ id, name: words }) => (
                  <option key={id} value={id}>
                    {words}
                  </option>
                ))}
              </select>
            )}
            <Field name="text" label={say('notes.write')} autoComplete="off" error={problem} />
            <Button type="submit" look="primary">
              {say('teach.send')}
            </Button>
          </form>
        )}
      </Dialog>
    </>
  );
}

function lastRead(me: string): string | undefined {
  try {
    return localStorage.getItem(`dockerland:read:${me}`) ?? undefined;
  } catch {
    return undefined;
  }
}

function keepRead(me: string, id = ''): void {
  try {
    localStorage.setItem(`dockerland:read:${me}`, id);
  } catch {
    // Storage is closed: the page itself still knows.
  }
}
