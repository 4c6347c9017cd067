'use client';
import { type FormEvent, useRef, useState } from 'react';
import type { ArchivedImage } from '../../../lib/protocol';
import { useSay } from '../../_i18n/language';
import { Button, Note, Panel } from '../../_ui';
import { showBytes } from '../../_view';
import { Stack } from './stack';

type Came =
  | { readonly ok: true; readonly images: readonly ArchivedImage[] }
  | { readonly ok: false; readonly message: string };

export interface ArchiveActions {
  /** Undefined: it was given up. */
  readonly onUpload: (
    file: File,
    how: { readonly progress: (sent: number) => void; readonly signal: AbortSignal },
  ) => Promise<Came | undefined>;
  /** A sentence when it could not be done. */
  readonly onPublish: (imageId: string, reference: string) => Promise<string | undefined>;
  readonly isPublished: (imageId: string, reference: string) => boolean;
}

type State =
  | { readonly kind: 'none' }
  | { readonly kind: 'coming'; readonly file: File; readonly sent: number; readonly stop: AbortController }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'here'; readonly file: string; readonly images: readonly ArchivedImage[] };

/** An image that was made elsewhere: its archive goes to the server, what is in it is shown, one is published. */
export function Archive({ onUpload, onPublish, isPublished }: ArchiveActions) {
  const say = useSay();
  const chooser = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<State>({ kind: 'none' });
  const upload = async (file: File | undefined) => {
    if (!file) return;
    const stop = new AbortController();
    setState({ kind: 'coming', file, sent: 0, stop });
    const progress = (sent: number) =>
      setState((now) => (now.kind === 'coming' && now.stop === stop ? { ...now, sent } : now));
    const came = await onUpload(file, { progress, signal: stop.signal });
    setState((now) => (now.kind === 'coming' && now.stop !== stop ? now : after(came, file.name)));
  };
  return (
    <Panel title={say('archive.title')} note={say('archive.note')}>
      <div className="grid gap-4">
        <div className="flex flex-wrap items-center gap-3">
          <Button onClick={() => chooser.current?.click()} disabled={state.kind === 'coming'}>
            {say('archive.use')}
          </Button>
          <span className="text-sm text-soft">{say('archive.hint')}</span>
        </div>
        <input
          ref={chooser}
          type="file"
          hidden
          accept=".tar,.tgz,.gz,.zst,application/x-tar,application/gzip,application/zstd"
          aria-label={say('archive.use')}
          onChange={(event) => {
            void upload(event.target.files?.[0]);
            // The same file may be chosen again.
            event.target.value = '';
          }}
        />
        {state.kind === 'coming' && <Coming {...state} />}
        {state.kind === 'failed' && (
          <Note tone="wrong" live>
            {state.message}
          </Note>
        )}
        {state.kind === 'here' && (
          <p role="status">{say('archive.found', { n: state.images.length, file: state.file })}</p>
        )}
        {state.kind === 'here' &&
          state.images.map((image) => (
            <Found key={image.imageId} image={image} onPublish={onPublish} isPublished={isPublished} />
          ))}
      </div>
    </Panel>
  );
}

function after(came: Came | undefined, file: string): State {
  if (!came) return { kind: 'none' };
  return came.ok ? { kind: 'here', file, images: came.images } : { kind: 'failed', message: came.message };
}

function Coming({ file, sent, stop }: Extract<State, { kind: 'coming' }>) {
  const say = useSay();
  const all = sent >= file.size;
  return (
    <div className="grid gap-2">
      <p role="status">{say(all ? 'archive.checking' : 'archive.sending', { file: file.name })}</p>
      <div className="flex flex-wrap items-center gap-3">
        <progress
          className="h-2 min-w-40 flex-1 accent-accent"
          aria-label={say('archive.progress', { file: file.name })}
          max={file.size || 1}
          {...(!all && { value: sent })}
        />
        <span className="text-sm text-soft tabular-nums">
          {say('archive.sent', { sent: showBytes(Math.min(sent, file.size)), all: showBytes(file.size) })}
        </span>
        <Button small onClick={() => stop.abort()}>
          {say('archive.cancel')}
        </Button>
      </div>
    </div>
  );
}

function Found({
  image,
  onPublish,
  isPublished,
}: { readonly image: ArchivedImage } & Pick<ArchiveActions, 'onPublish' | 'isPublished'>) {
  const say = useSay();
  const [reference, setReference] = useState(image.references[0] ?? 'archive:1.0');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const publish = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(await onPublish(image.imageId, reference.trim()));
    setBusy(false);
  };
  return (
    <section aria-label={image.references[0] ?? image.imageId} className="grid gap-3 border-t border-line pt-3">
      <p className="text-sm">
        <span className="text-soft">{say('archive.id')}</span> <code className="break-all">{image.imageId}</code>
      </p>
      <p className="text-sm">
        <span className="text-soft">{say('archive.names')}</span>{' '}
        {image.references.length ? <code>{image.references.join(', ')}</code> : say('archive.noName')}
      </p>
      <Stack image={{ ...image, reference: image.references[0] ?? say('archive.unnamed') }} />
      {isPublished(image.imageId, reference.trim()) ? (
        <Note tone="good" live>
          ✓ {say('image.isPublished', { reference: reference.trim() })}
        </Note>
      ) : (
        <form onSubmit={(event) => void publish(event)} className="flex flex-wrap items-center gap-3">
          <label className="flex items-center gap-2">
            <span className="text-soft">{say('archive.publishAs')}</span>
            <input
              value={reference}
              onChange={(event) => setReference(event.target.value)}
              spellCheck={false}
              className="w-52 max-w-full rounded-lg border border-line-strong bg-card-high px-2.5 py-1.5 font-mono text-sm"
            />
          </label>
          <Button type="submit" look="primary" disabled={busy || !reference.trim()}>
            {say(busy ? 'archive.publishing' : 'archive.publish')}
          </Button>
        </form>
      )}
      {problem && (
        <Note tone="wrong" live>
          {problem}
        </Note>
      )}
    </section>
  );
}
