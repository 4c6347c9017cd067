'use client';
import { type ReactNode, useState } from 'react';
import { useSay } from '../../_i18n/language';
import { Button, Field, Panel } from '../../_ui';
import { type NotDone, Refusals } from './refusals';
import { type Answered, RunAnswers } from './run-answers';

/** What came of something asked: who did not do it, and why; or a sentence, when nobody could. */
export type Outcome =
  | { readonly ok: true; readonly refused?: readonly NotDone[] }
  | { readonly ok: false; readonly message: string };

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
  /** Answers how many computers took it. */
  readonly onGive: (path: string, text: string) => Promise<Outcome & { readonly given?: number }>;
}) {
  const say = useSay();
  const [answers, setAnswers] = useState<readonly Answered[]>();
  const [given, setGiven] = useState(0);
  const run = async ({ line = '' }: Values) => {
    const outcome = await onRun(line);
    if (outcome.ok) setAnswers(outcome.answers ?? []);
    return outcome;
  };
  const give = async ({ text = '' }: Values) => {
    const outcome = await onGive('handout.txt', `${text}\n`);
    setGiven(outcome.given ?? 0);
    return outcome;
  };
  const refusals = (words: 'teach.notDone' | 'teach.unrun') => (refused: readonly NotDone[]) => (
    <Refusals words={words} refused={refused} names={names} />
  );
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
          refusals={refusals('teach.unrun')}
          onSend={run}
        />
        {answers && <RunAnswers answers={answers} names={names} />}
        <Line
          name="text"
          label={say('teach.give')}
          submit={say('teach.giveIt')}
          placeholder={say('teach.giveHint')}
          done={given > 0 && say('teach.given', { n: given })}
          none={say('teach.givenNobody')}
          refusals={refusals('teach.notDone')}
          onSend={give}
        />
      </div>
    </Panel>
  );
}

type Values = Readonly<Record<string, string>>;

/** What is said of what was done, of nobody who did it, and of those who did not. */
interface Sayings {
  readonly done?: string | false;
  readonly none?: string;
  readonly refusals?: (refused: readonly NotDone[]) => ReactNode;
}

function Came({ done, none, refusals, refused }: Sayings & { readonly refused: readonly NotDone[] }) {
  const say = useSay();
  const all = refused.length === 0;
  const said = done ?? (all && say('teach.done'));
  return (
    <>
      {said && <span className="text-ok">✓ {said}</span>}
      {!said && all && none}
      {!all && refusals?.(refused)}
    </>
  );
}

/** One line and its button; what came of it is said below. */
function Line({
  name,
  label,
  submit,
  placeholder,
  mono = false,
  done,
  none,
  refusals,
  onSend,
}: {
  readonly name: string;
  readonly label: string;
  readonly submit: string;
  readonly placeholder?: string;
  readonly mono?: boolean;
  readonly onSend: (values: Values) => Promise<Outcome>;
} & Sayings) {
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
        // Who did not take it may be given it again.
        if (came.ok && !came.refused?.length) form.reset();
      }}
    >
      <Field
        name={name}
        label={label}
        placeholder={placeholder}
        autoComplete="off"
        error={outcome && !outcome.ok && outcome.message}
        hint={
          <div role="status">
            {outcome?.ok && <Came {...{ done, none, refusals }} refused={outcome.refused ?? []} />}
          </div>
        }
        className={mono ? 'font-mono' : ''}
      />
      <Button type="submit" disabled={busy} className="mt-[30px] py-2.5">
        {submit}
      </Button>
    </form>
  );
}
