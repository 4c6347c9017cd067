'use client';
import { type FormEvent, useRef, useState } from 'react';
import { useSay } from '../../_i18n/language';
import { Button } from '../../_ui';
import { showBytes } from '../../_view';
import { cleanPath, type Draft, draftBytes, readBytes, renamed, withFile, withoutFile } from './state';

/** The context beside the Dockerfile: choose, add, rename, remove, upload. */
export function Files({
  draft,
  open,
  most,
  onOpen,
  onDraft,
}: {
  readonly draft: Draft;
  /** The path in the editor; undefined: the Dockerfile. */
  readonly open: string | undefined;
  /** Bytes that a context may have. */
  readonly most: number;
  readonly onOpen: (path: string | undefined) => void;
  readonly onDraft: (draft: Draft) => void;
}) {
  const say = useSay();
  const [problem, setProblem] = useState<string>();
  const chooser = useRef<HTMLInputElement>(null);
  const accept = (next: Draft, path: string) => {
    if (draftBytes(next) > most) return setProblem(say('image.tooBig', { path, most: showBytes(most) }));
    setProblem(undefined);
    onDraft(next);
    onOpen(path);
  };
  const upload = async (chosen: FileList | null) => {
    let next = draft;
    let last = '';
    for (const file of chosen ?? []) {
      if (file.size > most) return setProblem(say('image.tooBig', { path: file.name, most: showBytes(most) }));
      last = cleanPath(file.webkitRelativePath || file.name) ?? file.name;
      next = withFile(next, readBytes(last, new Uint8Array(await file.arrayBuffer())));
    }
    if (last) accept(next, last);
  };
  const tab = (path: string | undefined) =>
    `flex w-full items-center gap-2 rounded-lg px-2.5 py-1.5 text-left font-mono text-[13px] ${open === path ? 'bg-host-wash text-host-ink font-semibold' : 'hover:bg-paper-deep'}`;
  return (
    <div className="grid content-start gap-1 p-2.5">
      <button
        type="button"
        className={tab(undefined)}
        aria-pressed={open === undefined}
        onClick={() => onOpen(undefined)}
      >
        Dockerfile
      </button>
      <ul className="grid gap-0.5">
        {draft.files.map((file) => (
          <li key={file.path}>
            <button
              type="button"
              className={tab(file.path)}
              aria-pressed={open === file.path}
              onClick={() => onOpen(file.path)}
            >
              <span className="min-w-0 flex-1 truncate" title={file.path}>
                {file.path}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <AddFile
        onAdd={(path) =>
          accept(draft.files.some((file) => file.path === path) ? draft : withFile(draft, { path, text: '' }), path)
        }
      />
      <Button small onClick={() => chooser.current?.click()}>
        {say('image.upload')}
      </Button>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        aria-label={say('image.upload')}
        onChange={(event) => void upload(event.target.files)}
      />
      {open !== undefined && (
        <FileTools
          key={open}
          path={open}
          onRename={(to) => {
            onDraft(renamed(draft, open, to));
            onOpen(to);
          }}
          onRemove={() => {
            onOpen(undefined);
            onDraft(withoutFile(draft, open));
          }}
        />
      )}
      {problem && (
        <p role="alert" className="text-sm text-del">
          {problem}
        </p>
      )}
    </div>
  );
}

function AddFile({ onAdd }: { readonly onAdd: (path: string) => void }) {
  const say = useSay();
  const [path, setPath] = useState('');
  const add = (event: FormEvent) => {
    event.preventDefault();
    const clean = cleanPath(path);
    if (!clean) return;
    onAdd(clean);
    setPath('');
  };
  return (
    <form onSubmit={add} className="mt-2 flex gap-1.5">
      <input
        value={path}
        onChange={(event) => setPath(event.target.value)}
        placeholder="site/page.html"
        aria-label={say('image.newFile')}
        className="w-full min-w-0 rounded-lg border border-line-strong bg-card-high px-2 py-1 font-mono text-[13px] placeholder:text-soft"
      />
      <Button small type="submit">
        {say('image.add')}
      </Button>
    </form>
  );
}

function FileTools({
  path,
  onRename,
  onRemove,
}: {
  readonly path: string;
  readonly onRename: (to: string) => void;
  readonly onRemove: () => void;
}) {
  const say = useSay();
  const [name, setName] = useState(path);
  const rename = (event: FormEvent) => {
    event.preventDefault();
    const clean = cleanPath(name);
    if (clean && clean !== path) onRename(clean);
  };
  return (
    <form onSubmit={rename} className="mt-3 grid gap-1.5 border-t border-line pt-3">
      <input
        value={name}
        onChange={(event) => setName(event.target.value)}
        aria-label={say('image.fileName')}
        className="w-full min-w-0 rounded-lg border border-line-strong bg-card-high px-2 py-1 font-mono text-[13px]"
      />
      <div className="flex flex-wrap gap-1.5">
        <Button small type="submit" disabled={!cleanPath(name) || cleanPath(name) === path}>
          {say('image.rename')}
        </Button>
        <Button small look="danger" onClick={onRemove}>
          {say('image.remove')}
        </Button>
      </div>
    </form>
  );
}
