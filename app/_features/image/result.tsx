'use client';
import { useSay } from '../../_i18n/language';
import { ClassStack, DigestMark } from '../../_picture';
import { Button, Note, Panel, Scroll } from '../../_ui';
import { type ImageView, layerTitle, showBytes } from '../../_view';

export type Built =
  | { readonly kind: 'none' }
  | { readonly kind: 'building'; readonly output: string }
  | { readonly kind: 'failed'; readonly message: string; readonly output?: string }
  | { readonly kind: 'done'; readonly image: ImageView; readonly output: string };

/** What the builder made: its words, then the layers it left and the digest that names them. */
export function Result({
  built,
  published,
  publishing,
  onPublish,
}: {
  readonly built: Built;
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
      <div aria-live="polite" className="grid gap-4">
        {built.kind === 'none' && <p className="py-6 text-soft">{say('image.notBuilt')}</p>}
        {built.kind === 'building' && <p className="animate-pulse py-6 text-soft">{say('image.building')}</p>}
        {built.kind === 'failed' && <Note tone="wrong">{built.message}</Note>}
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

function Stack({ image }: { readonly image: ImageView }) {
  const say = useSay();
  const size = image.layers.reduce((sum, layer) => sum + layer.size, 0);
  const sentence = say('image.sentence', { reference: image.reference, n: image.layers.length, size: showBytes(size) });
  return (
    <div className="grid gap-3">
      <ClassStack layers={image.layers} label={image.reference} sheets={[]} sentence={sentence} width={440} field={0} />
      <p>{sentence}</p>
      <details>
        <summary className="text-sm text-soft">{say('image.asTable')}</summary>
        <table className="mt-2 w-full text-[13px]">
          <thead className="text-left text-soft">
            <tr>
              <th className="font-medium">{say('image.layer')}</th>
              <th className="font-medium">{say('image.madeBy')}</th>
              <th className="font-medium">{say('image.digest')}</th>
              <th className="text-right font-medium">{say('image.size')}</th>
            </tr>
          </thead>
          <tbody>
            {[...image.layers].reverse().map((layer, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two layers may be equal; their places differ
              <tr key={`${i}${layer.digest}`} className="border-t border-line align-top">
                <td className="py-1 pr-2">{image.layers.length - i}</td>
                <td className="py-1 pr-3 font-mono break-all">{layerTitle(layer.createdBy)}</td>
                <td className="py-1 pr-3">
                  <DigestMark digest={layer.digest} size={16} />
                </td>
                <td className="py-1 text-right whitespace-nowrap">{showBytes(layer.size)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {image.settings.length > 0 && (
          <p className="mt-3 text-[13px]">
            <span className="text-soft">{say('image.settings')}</span>{' '}
            {[...new Set(image.settings)].map((line) => (
              <code key={line} className="mr-2 rounded bg-paper-deep px-1.5 py-0.5">
                {line}
              </code>
            ))}
          </p>
        )}
      </details>
    </div>
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
