'use client';
import { useState } from 'react';
import type { BuildProblem } from '../../../lib/protocol';
import { useSay } from '../../_i18n/language';
import { Button, Note, Panel } from '../../_ui';
import { Editor } from '../../_ui/editor';
import { Files } from './files';
import { type Draft, withFile } from './state';

/** Where an image is written: the Dockerfile with its problems by line, and its context. */
export function Workshop({
  draft,
  problems,
  building,
  most,
  onDraft,
  onBuild,
  onStop,
}: {
  readonly draft: Draft;
  readonly problems: readonly BuildProblem[];
  readonly building: boolean;
  readonly most: number;
  readonly onDraft: (draft: Draft) => void;
  readonly onBuild: () => void;
  /** Undefined: it is being stopped. */
  readonly onStop: (() => void) | undefined;
}) {
  const say = useSay();
  const [open, setOpen] = useState<string>();
  const file = draft.files.find(({ path }) => path === open);
  return (
    <Panel title={say('image.write')} note={say('image.writeNote')} bare className="flex flex-col">
      <div className="grid border-t border-line md:grid-cols-[200px_minmax(0,1fr)]">
        <div className="border-b border-line md:border-r md:border-b-0">
          <Files draft={draft} open={file?.path} most={most} onOpen={setOpen} onDraft={onDraft} />
        </div>
        <div className="h-[58vh] min-h-72 overflow-hidden">
          {file?.base64 ? (
            <p className="p-4 text-soft">{say('image.binary')}</p>
          ) : (
            <Editor
              document={file?.path ?? 'Dockerfile'}
              label={file?.path ?? 'Dockerfile'}
              mode={file ? 'text' : 'dockerfile'}
              text={file ? (file.text ?? '') : draft.dockerfile}
              problems={file ? undefined : problems.map((problem) => ({ ...problem, message: sentence(problem) }))}
              onChange={(text) => onDraft(file ? withFile(draft, { ...file, text }) : { ...draft, dockerfile: text })}
            />
          )}
        </div>
      </div>
      <div className="grid gap-3 border-t border-line p-4">
        <Problems problems={problems} />
        <div className="flex flex-wrap items-center gap-3">
          <label className="flex items-center gap-2">
            <span className="text-soft">{say('image.reference')}</span>
            <input
              value={draft.reference}
              onChange={(event) => onDraft({ ...draft, reference: event.target.value })}
              spellCheck={false}
              className="w-44 rounded-lg border border-line-strong bg-card-high px-2.5 py-1.5 font-mono text-sm"
            />
          </label>
          <span className="ml-auto flex flex-wrap gap-3">
            {building && (
              <Button disabled={!onStop} onClick={onStop}>
                {say(onStop ? 'image.stop' : 'image.stopping')}
              </Button>
            )}
            <Button look="primary" disabled={building} onClick={onBuild}>
              {say(building ? 'image.building' : 'image.build')}
            </Button>
          </span>
        </div>
      </div>
    </Panel>
  );
}

function Problems({ problems }: { readonly problems: readonly BuildProblem[] }) {
  const say = useSay();
  if (problems.length === 0) return <p className="text-sm text-ok">✓ {say('image.noProblems')}</p>;
  return (
    <ul className="grid gap-1.5" aria-label={say('image.problems')}>
      {problems.map((problem) => (
        <li key={`${problem.line} ${problem.message}`}>
          <Note tone={problem.severity === 'error' ? 'wrong' : 'warn'}>
            <b>{say('image.line', { line: problem.line })}</b> {sentence(problem)}
          </Note>
        </li>
      ))}
    </ul>
  );
}

/** What is wrong and what to do about it; builders often say both at once. */
function sentence({ message, suggestion }: BuildProblem): string {
  return !suggestion || message.includes(suggestion) ? message : `${message} ${suggestion}`;
}
