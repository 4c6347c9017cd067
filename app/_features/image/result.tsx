'use client';
import { useEffect, useRef } from 'react';
import { useSay } from '../../_i18n/language';
import { DigestMark } from '../../_picture';
import { Button, Note, Panel, Scroll } from '../../_ui';
import type { ImageView } from '../../_view';
import { Stack } from './stack';

export type Built =
  | { readonly kind: 'none' }
  | { readonly kind: 'building' }
  | { readonly kind: 'failed'; readonly message: string; readonly output?: string; readonly stopped?: boolean }
  | { readonly kind: 'done'; readonly image: ImageView; readonly output: string };

/** What the builder made: its words, then the layers it left and the digest that names them. */
export function Result({
  built,
  told = '',
  published,
  publishing,
  onPublish,
}: {
  readonly built: Built;
  /** What the builder has said so far, while it builds. */
  readonly told?: string;
  /** The manifest digest that this reference has in the class, if it is published. */
  readonly published?: string;
  readonly publishing: boolean;
  readonly onPublish: () => void;
}) {
  const say = useSay();
  return (
    <Panel
      title={say('image.result')}
      note={built.kind === 'done' ? <DigestMark digest={built.image.manifestDigest} long /> : undefined}
    >
      {built.kind === 'building' && told && <Told text={told} />}
      <div aria-live="polite" className="grid gap-4">
        {built.kind === 'none' && <p className="py-6 text-soft">{say('image.notBuilt')}</p>}
        {built.kind === 'building' && <p className="py-6 text-soft">{say('image.building')}</p>}
        {built.kind === 'failed' && <Note tone={built.stopped ? 'warn' : 'wrong'}>{built.message}</Note>}
        {built.kind === 'done' && <Stack image={built.image} />}
        {'output' in built && built.output && <Output text={built.output} open={built.kind === 'failed'} />}
        {built.kind === 'done' && (
          <div className="flex flex-wrap items-center gap-3">
            {published === built.image.manifestDigest ? (
              <Note tone="good" live>
                ✓ {say('image.isPublished', { reference: built.image.reference })}
              </Note>
            ) : (
              <Button look="primary" disabled={publishing} onClick={onPublish}>
                {say(published ? 'image.publishAgain' : 'image.publish', { reference: built.image.reference })}
              </Button>
            )}
          </div>
        )}
      </div>
    </Panel>
  );
}

/** The builder's words as they come, the last ones in sight. A screen reader hears the outcome and not every line. */
function Told({ text }: { readonly text: string }) {
  const say = useSay();
  const end = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new text is scrolled to
  useEffect(() => {
    const box = end.current?.parentElement;
    if (box) box.scrollTop = box.scrollHeight;
  }, [text]);
  return (
    <Scroll label={say('image.output')} className="max-h-72 rounded-lg bg-term p-3">
      <pre className="font-mono text-[12.5px] leading-relaxed whitespace-pre-wrap">{text}</pre>
      <div ref={end} />
    </Scroll>
  );
}

function Output({ text, open }: { readonly text: string; readonly open: boolean }) {
  const say = useSay();
  return (
    <details open={open}>
      <summary className="text-sm text-soft">{say('image.output')}</summary>
      <Scroll label={say('image.output')} className="mt-2 max-h-72 rounded-lg bg-term p-3">
        <pre className="font-mono text-[12.5px] leading-relaxed whitespace-pre-wrap">{text}</pre>
      </Scroll>
    </details>
  );
}
