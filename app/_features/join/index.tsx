'use client';
import Link from 'next/link';
import { useRef } from 'react';
import { showCode } from '../../../lib/classroom';
import { useSay } from '../../_i18n/language';
import { Button, buttonLook, Field, Form, Mark, Note } from '../../_ui';

/** What a code leads to, as far as it is known. */
export type Looked =
  | { readonly kind: 'looking' }
  | {
      readonly kind: 'found';
      readonly title: string;
      readonly host: string;
      readonly locked: boolean;
      readonly full: boolean;
    }
  | { readonly kind: 'refused'; readonly message: string };

export interface Problem {
  readonly message: string;
  /** A name that is free. */
  readonly offer?: string;
}

/** The door of a class: what it is, and a name to go in with. */
export function Join({
  code,
  looked,
  problem,
  busy,
  onTake,
}: {
  readonly code: string;
  readonly looked: Looked;
  readonly problem?: Problem;
  readonly busy: boolean;
  readonly onTake: (name: string) => void;
}) {
  const say = useSay();
  return (
    <main className="mx-auto grid max-w-md grid-cols-[minmax(0,1fr)] gap-5 px-4 pt-6 pb-16 md:pt-16">
      <div className="surface grid grid-cols-[minmax(0,1fr)] gap-5 p-6">
        <div className="flex items-center gap-3">
          <Mark size={40} />
          <div className="min-w-0">
            <div className="text-sm text-soft">
              {say('join.code')}{' '}
              <span className="font-mono font-semibold tracking-widest text-ink">{showCode(code)}</span>
            </div>
            <h1 className="line-clamp-3 text-2xl leading-tight">
              {looked.kind === 'found'
                ? looked.title
                : say(looked.kind === 'looking' ? 'join.looking' : 'join.notFound')}
            </h1>
          </div>
        </div>
        {looked.kind === 'refused' && <Refused message={looked.message} />}
        {looked.kind === 'found' && <Door looked={looked} problem={problem} busy={busy} onTake={onTake} />}
      </div>
      <p className="text-center text-sm text-soft">{say('join.promise')}</p>
    </main>
  );
}

function Refused({ message }: { readonly message: string }) {
  const say = useSay();
  return (
    <>
      <Note tone="wrong" live>
        {message}
      </Note>
      <Link href="/" className={buttonLook('plain')}>
        {say('join.otherCode')}
      </Link>
    </>
  );
}

function Door({
  looked,
  problem,
  busy,
  onTake,
}: {
  readonly looked: Extract<Looked, { kind: 'found' }>;
  readonly problem?: Problem;
  readonly busy: boolean;
  readonly onTake: (name: string) => void;
}) {
  const say = useSay();
  const input = useRef<HTMLInputElement>(null);
  const closed = looked.locked || looked.full;
  const accept = (offer: string) => {
    if (input.current) input.current.value = offer;
    onTake(offer);
  };
  return (
    <div className="grid gap-4">
      <p className="text-soft">{say('join.with', { host: looked.host })}</p>
      {closed && <Note tone="warn">{say(looked.locked ? 'join.locked' : 'join.full')}</Note>}
      <Form
        submit={say(busy ? 'join.entering' : 'join.enter')}
        busy={busy || closed}
        onSend={({ name = '' }) => onTake(name)}
      >
        <Field
          ref={input}
          label={say('join.name')}
          hint={say('join.nameHint')}
          error={problem?.message}
          name="name"
          autoComplete="nickname"
          autoFocus
          className="text-lg"
        />
        {problem?.offer && (
          <Button onClick={() => accept(problem.offer!)}>{say('join.take', { name: problem.offer })}</Button>
        )}
      </Form>
    </div>
  );
}
