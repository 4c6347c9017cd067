'use client';
import Link from 'next/link';
import { showCode } from '../../../lib/classroom';
import type { ClassSummary } from '../../../lib/protocol';
import { useLanguage, useSay } from '../../_i18n/language';
import { buttonLook, Field, Form, Note } from '../../_ui';

/** The classes of the host who is signed in; open ones first, newest first. */
export function Classes({
  classes,
  problem,
}: {
  readonly classes?: readonly ClassSummary[];
  readonly problem?: string;
}) {
  const say = useSay();
  const sorted = [...(classes ?? [])].sort((a, b) =>
    a.phase === b.phase ? b.openedAt - a.openedAt : a.phase === 'open' ? -1 : 1,
  );
  return (
    <main className="mx-auto grid max-w-3xl gap-6 px-4 pt-4 pb-16 md:pt-10">
      <div className="flex flex-wrap items-center gap-4">
        <h1 className="text-3xl">{say('classes.title')}</h1>
        <Link href="/host/new" className={`${buttonLook('primary')} ml-auto`}>
          {say('classes.new')}
        </Link>
      </div>
      {problem && (
        <Note tone="wrong" live>
          {problem}
        </Note>
      )}
      {!classes && !problem && <p className="text-soft">{say('classes.loading')}</p>}
      {classes?.length === 0 && <p className="surface p-6 text-soft">{say('classes.none')}</p>}
      <ul className="grid gap-3">
        {sorted.map((one) => (
          <Row key={one.code} one={one} />
        ))}
      </ul>
    </main>
  );
}

function Row({ one }: { readonly one: ClassSummary }) {
  const say = useSay();
  const language = useLanguage();
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(one.openedAt);
  return (
    <li className="surface flex flex-wrap items-center gap-x-5 gap-y-2 p-4">
      <span className="font-mono text-xl font-semibold tracking-widest">{showCode(one.code)}</span>
      <div className="min-w-48 flex-1">
        <div className="truncate font-semibold">{one.title}</div>
        <div className="text-sm text-soft">
          {day} · {say('classes.seats', { n: one.seats })} ·{' '}
          {say(one.phase === 'open' ? 'classes.open' : 'classes.ended')}
        </div>
      </div>
      {one.phase === 'open' && (
        <Link href={`/class/${one.code}/image`} className={buttonLook('quiet')}>
          {say('classes.image')}
        </Link>
      )}
      <Link href={`/class/${one.code}/board`} className={buttonLook('plain')}>
        {say('classes.board')}
      </Link>
    </li>
  );
}

/** The first thing that a class needs. */
export function NewClass({
  problem,
  busy,
  onOpen,
}: {
  readonly problem?: string;
  readonly busy: boolean;
  readonly onOpen: (title: string) => void;
}) {
  const say = useSay();
  return (
    <main className="mx-auto grid max-w-xl gap-6 px-4 pt-4 pb-16 md:pt-12">
      <h1 className="text-3xl">{say('newClass.title')}</h1>
      <div className="surface p-6">
        <Form
          submit={say(busy ? 'newClass.busy' : 'newClass.next')}
          busy={busy}
          onSend={({ title = '' }) => onOpen(title)}
        >
          <Field
            label={say('newClass.name')}
            hint={say('newClass.nameHint')}
            error={problem}
            name="title"
            autoFocus
            className="text-lg"
          />
        </Form>
      </div>
      <ol className="grid list-inside list-decimal gap-1 text-soft">
        <li>{say('newClass.step1')}</li>
        <li>{say('newClass.step2')}</li>
        <li>{say('newClass.step3')}</li>
      </ol>
    </main>
  );
}
