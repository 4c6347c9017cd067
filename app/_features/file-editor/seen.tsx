'use client';
import { useSay } from '../../_i18n/language';
import { Note } from '../../_ui';

/** Another person's open editor, as they write: to be read, by who looks over their shoulder. */
export function EditorSeen({
  path,
  text,
  name,
}: {
  readonly path: string;
  readonly text: string;
  readonly name: string;
}) {
  const say = useSay();
  return (
    <section aria-label={say('editor.seen', { name, path })} className="surface grid gap-2 p-3">
      <h2 className="text-base break-all">{say('editor.seen', { name, path })}</h2>
      <Note tone="warn">{say('editor.seenMore', { name })}</Note>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that is longer than its box is scrolled by keyboard
        tabIndex={0}
        className="max-h-[40dvh] min-h-24 overflow-auto rounded-lg border border-line-strong bg-card-high p-3 font-mono text-sm break-words whitespace-pre-wrap"
      >
        {text}
      </pre>
    </section>
  );
}
