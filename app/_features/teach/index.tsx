'use client';
import { useState } from 'react';
import { useSay } from '../../_i18n/language';
import { Button, Field, Panel } from '../../_ui';
import { type Answered, RunAnswers } from './run-answers';

export type { Answered } from './run-answers';

/** What came of something asked: a sentence, good or bad. */
export type Outcome = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** What a host does to the whole class at once: freeze, say something, run a line everywhere, hand out a file. */
export function Teach({
  frozen,
  names,
  onFreeze,
  onNote,
  onRun,
  onGive,
}: {
  readonly frozen: boolean;
  /** By seat. */
  readonly names: ReadonlyMap<string, { readonly name: string; readonly colour: number }>;
  readonly onFreeze: (frozen: boolean) => void;
  readonly onNote: (text: string) => Promise<Outcome>;
  readonly onRun: (line: string) => Promise<Outcome & { readonly answers?: readonly Answered[] }>;
  readonly onGive: (path: string, text: string) => Promise<Outcome>;
}) {
  const say = useSay();
  const [answers, setAnswers] = useState<readonly Answered[]>();
  const run = async ({ line = '' }: Values) => {
    const outcome = await onRun(line);
    if (outcome.ok) setAnswers(outcome.answers ?? []);
    return outcome;
  };
  return (
    <Panel
      title={say('teach.title')}
      tools={
        <Button small look={frozen ? 'primary' : 'plain'} aria-pressed={frozen} onClick={() => onFreeze(!frozen)}>
          {say(frozen ? 'teach.thaw' : 'teach.freeze')}
        </Button>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <Line
          name="note"
          label={say('teach.note')}
          submit={say('teach.send')}
          onSend={({ note = '' }) => onNote(note)}
        />
        <Line
          name="line"
          label={say('teach.run')}
          submit={say('teach.runIt')}
          placeholder="cat /etc/motd"
          mono
          onSend={run}
        />
        {answers && <RunAnswers answers={answers} names={names} />}
        <Line
          name="text"
          label={say('teach.give')}
          submit={say('teach.giveIt')}
          placeholder={say('teach.giveHint')}
          onSend={({ text = '' }) => onGive('handout.txt', `${text}\n`)}
        />
      </div>
    </Panel>
  );
}

type Values = Readonly<Record<string, string>>;

/** One line and its button; what came of it is said below. */
function Line({
  name,
  label,
  submit,
  placeholder,
  mono = false,
  onSend,
}: {
  readonly name: string;
  readonly label: string;
  readonly submit: string;
  readonly placeholder?: string;
  readonly mono?: boolean;
  readonly onSend: (values: Values) => Promise<Outcome>;
}) {
  const say = useSay();
  const [outcome, setOutcome] = useState<Outcome>();
  const [busy, setBusy] = useState(false);
  return (
    <form
      className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-2"
      onSubmit={async (event) => {
        event.preventDefault();
        const form = event.currentTarget;
        setBusy(true);
        const came = await onSend({ [name]: String(new FormData(form).get(name) ?? '') });
        setBusy(false);
        setOutcome(came);
        if (came.ok) form.reset();
      }}
    >
      <Field
        name={name}
        label={label}
        placeholder={placeholder}
        autoComplete="off"
        error={outcome && !outcome.ok && outcome.message}
        hint={outcome?.ok && <span className="text-ok">✓ {say('teach.done')}</span>}
        className={mono ? 'font-mono' : ''}
      />
      <Button type="submit" disabled={busy} className="mt-[30px] py-2.5">
        {submit}
      </Button>
    </form>
  );
}
