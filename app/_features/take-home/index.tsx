'use client';
import { useState } from 'react';
import type { Taken, TakenForm } from '../../../lib/protocol';
import type { Key } from '../../_i18n';
import { useSay } from '../../_i18n/language';
import { Button, Copy, Dialog, Note } from '../../_ui';
import { commandsFor } from './commands';

/** What can be taken home: an image, or a container of somebody. */
export interface Subject {
  /** Unique among those that are offered. */
  readonly key: string;
  readonly kind: 'image' | 'container';
  /** `motd:1.0`, or whose container and its name. */
  readonly label: string;
}

type Answer = ({ readonly ok: true } & Taken) | { readonly ok: false; readonly message: string };

type State =
  | { readonly kind: 'asked' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'taken'; readonly form: TakenForm; readonly taken: Taken };

const forms: readonly { readonly form: TakenForm; readonly label: Key; readonly more: Key }[] = [
  { form: 'docker', label: 'home.docker', more: 'home.dockerMore' },
  { form: 'oci', label: 'home.oci', more: 'home.ociMore' },
  { form: 'rootfs', label: 'home.rootfs', more: 'home.rootfsMore' },
];

/** “Take it home”: an archive of what is on the screen, and what to type at home to have the same. */
export function TakeHome({
  subjects,
  onTake,
}: {
  readonly subjects: readonly Subject[];
  /** Asks for it and lets the browser fetch it. */
  readonly onTake: (subject: Subject, form: TakenForm) => Promise<Answer>;
}) {
  const say = useSay();
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const [state, setState] = useState<State>({ kind: 'asked' });
  const subject = subjects.find(({ key }) => key === chosen) ?? subjects[0];
  if (!subject) return null;
  const take = async (form: TakenForm) => {
    setState({ kind: 'busy' });
    const answer = await onTake(subject, form);
    setState(answer.ok ? { kind: 'taken', form, taken: answer } : { kind: 'failed', message: answer.message });
  };
  return (
    <>
      <Button
        small
        look="quiet"
        onClick={() => {
          setState({ kind: 'asked' });
          setOpen(true);
        }}
      >
        {say('home.title')}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        closeLabel={say('close')}
        title={say('home.title')}
        description={say('home.lead')}
      >
        <div className="grid gap-4">
          {subjects.length > 1 && (
            <Subjects
              subjects={subjects}
              chosen={subject}
              onChoose={(key) => {
                setChosen(key);
                setState({ kind: 'asked' });
              }}
            />
          )}
          <ul className="grid gap-2">
            {forms
              .filter(({ form }) => form !== 'rootfs' || subject.kind === 'container')
              .map(({ form, label, more }) => (
                <li key={form} className="grid gap-0.5">
                  <Button disabled={state.kind === 'busy'} onClick={() => void take(form)}>
                    {say(label)}
                  </Button>
                  <span className="text-[13px] text-soft">{say(more)}</span>
                </li>
              ))}
          </ul>
          {state.kind === 'failed' && (
            <Note tone="wrong" live>
              {state.message}
            </Note>
          )}
          {state.kind === 'taken' && <AtHome form={state.form} taken={state.taken} />}
        </div>
      </Dialog>
    </>
  );
}

function Subjects({
  subjects,
  chosen,
  onChoose,
}: {
  readonly subjects: readonly Subject[];
  readonly chosen: Subject;
  readonly onChoose: (key: string) => void;
}) {
  const say = useSay();
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1 text-sm text-soft">{say('home.what')}</legend>
      {subjects.map((subject) => (
        <label key={subject.key} className="flex items-center gap-2">
          <input
            type="radio"
            name="take-home"
            checked={subject === chosen}
            onChange={() => onChoose(subject.key)}
            className="accent-accent"
          />
          <span>
            {say(subject.kind === 'image' ? 'home.image' : 'home.container')}{' '}
            <bdi className="font-mono text-sm">{subject.label}</bdi>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function AtHome({ form, taken }: { readonly form: TakenForm; readonly taken: Taken }) {
  const say = useSay();
  const text = commandsFor(form, taken).join('\n');
  return (
    <div role="status" className="grid gap-2 border-t border-line pt-3">
      <p>{say('home.atHome', { file: taken.file })}</p>
      <pre className="rounded-lg bg-term p-3 font-mono text-[12.5px] break-all whitespace-pre-wrap">{text}</pre>
      <div>
        <Copy text={text} label={say('home.copy')} done={say('share.copied')} />
      </div>
      {taken.imageId && (
        <p className="text-sm">
          {say('home.mustPrint')} <code className="break-all">{taken.imageId}</code>
        </p>
      )}
      {form === 'docker' && taken.manifestDigest && (
        <p className="text-[13px] text-soft">
          {say('home.orPrint')} <code className="break-all">{taken.manifestDigest}</code>
        </p>
      )}
      <p className="text-[13px] text-soft">{say('home.programs')}</p>
    </div>
  );
}
