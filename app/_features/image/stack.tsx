'use client';
import { useSay } from '../../_i18n/language';
import { ClassStack, DigestMark } from '../../_picture';
import { type ImageView, layerTitle, showBytes } from '../../_view';

/** The layers of an image, as a picture, a sentence and a table. */
export function Stack({ image }: { readonly image: ImageView }) {
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
