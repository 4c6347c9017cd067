'use client';
import { useState } from 'react';
import type { Seat } from '../../../lib/classroom/state';
import { useSay } from '../../_i18n/language';
import { Button, Dialog, Field } from '../../_ui';

/** What came of something asked: undefined when it was done, a sentence when it was not. */
export type Came = Promise<string | undefined>;

export type Asked =
  | { readonly kind: 'end' }
  | { readonly kind: 'remove' | 'undo' | 'reset' | 'rename' | 'note'; readonly seat: Seat };

const titles = {
  end: 'roster.endTitle',
  remove: 'roster.removeTitle',
  undo: 'roster.undoTitle',
  reset: 'roster.resetTitle',
  rename: 'roster.renameTitle',
  note: 'roster.noteTitle',
} as const;
const mores = {
  end: 'roster.endMore',
  remove: 'roster.removeMore',
  undo: 'roster.undoMore',
  reset: 'roster.resetMore',
  rename: 'roster.renameMore',
  note: 'roster.noteMore',
} as const;
const buttons = {
  end: 'roster.end',
  remove: 'roster.remove',
  undo: 'undo.undo',
  reset: 'undo.reset',
  rename: 'roster.rename',
  note: 'teach.send',
} as const;

/** Asks before something is done to a person or to the class; what cannot be done says why, here. */
export function AskFirst({
  asked,
  onClose,
  onDo,
}: {
  readonly asked: Asked;
  readonly onClose: () => void;
  /** `text`: the new name, or the note. */
  readonly onDo: (asked: Asked, text: string) => Came;
}) {
  const say = useSay();
  const [problem, setProblem] = useState<string>();
  const name = asked.kind === 'end' ? '' : asked.seat.name;
  const typed = asked.kind === 'rename' || asked.kind === 'note';
  return (
    <Dialog
      open
      onClose={onClose}
      closeLabel={say('close')}
      title={say(titles[asked.kind], { name })}
      description={say(mores[asked.kind], { name })}
    >
      <form
        className="grid gap-4"
        onSubmit={async (event) => {
          event.preventDefault();
          const text = String(new FormData(event.currentTarget).get('text') ?? '');
          const wrong = await onDo(asked, text);
          if (wrong === undefined) onClose();
          else setProblem(wrong);
        }}
      >
        {typed && (
          <Field
            name="text"
            label={say(asked.kind === 'rename' ? 'roster.newName' : 'roster.noteText')}
            defaultValue={asked.kind === 'rename' ? name : ''}
            autoComplete="off"
            autoFocus
            error={problem}
          />
        )}
        {!typed && problem && (
          <p role="alert" className="text-del">
            {problem}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{say('cancel')}</Button>
          <Button type="submit" look={typed ? 'primary' : 'danger'}>
            {say(buttons[asked.kind])}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
