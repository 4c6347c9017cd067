'use client';
import { useSay } from '../../_i18n/language';
import { OwnStack, ownerStyle, useCountSentence } from '../../_picture';
import {
  asHex,
  asText,
  type ContainerView,
  countChanges,
  type ImageView,
  type Look,
  layerTitle,
  type Side,
} from '../../_view';

/** One person’s sheet above the image, as large as the wall. */
export function BigSeat({
  name,
  colour,
  container,
  image,
}: {
  readonly name: string;
  readonly colour: number;
  readonly container: ContainerView | undefined;
  readonly image: ImageView;
}) {
  const say = useSay();
  const sentence = useCountSentence();
  const changes = container?.changes.filter((change) => !change.onTheWay) ?? [];
  return (
    <div
      style={ownerStyle(colour)}
      className="grid w-full items-center gap-8 xl:grid-cols-[minmax(0,1fr)_minmax(0,440px)]"
    >
      <div className="mx-auto w-full max-w-[880px] [&_svg]:max-h-[calc(100dvh-120px)]">
        <OwnStack
          layers={image.layers}
          label={image.reference}
          changes={container?.changes}
          colour={colour}
          caption={container ? say('layers.sheetOf', { owner: name }) : say('layers.noSheet')}
          hint=""
          sentence={`${name}: ${sentence(countChanges(changes))}`}
          dim={container !== undefined && container.status !== 'running'}
          more={say('layers.more', { n: Math.max(0, changes.length - 4) })}
        />
      </div>
      <div className="grid gap-4 text-[28px]">
        <p className="text-[44px] leading-tight font-bold text-owner">
          <bdi>{name}</bdi>
        </p>
        {container && <p className="font-mono text-[26px]">{container.name}</p>}
        <p aria-live="polite">{sentence(countChanges(changes))}</p>
        <p className="text-soft">{say('spotlight.unchanged', { image: image.reference })}</p>
      </div>
    </div>
  );
}

/** Two sides of one path, or where the two differ at all. */
export function BigPair({ left, right, path }: { readonly left: Side; readonly right: Side; readonly path?: string }) {
  const say = useSay();
  const paths = [left, right].flatMap((side) =>
    [...side.changes.values()].filter((change) => !change.onTheWay).map((change) => change.path),
  );
  const open = path ?? [...new Set(paths)].sort()[0];
  return (
    <div className="grid w-full gap-6">
      {open ? (
        <p className="font-mono text-[36px] leading-tight font-bold break-all">{open}</p>
      ) : (
        <p className="text-[30px]">{say('compare.equal')}</p>
      )}
      {open && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-2">
          {[left, right].map((side, i) => (
            <Half key={`${i ? 'right' : 'left'} ${side.id}`} side={side} look={side.look(open)} />
          ))}
        </div>
      )}
    </div>
  );
}

function Half({ side, look }: { readonly side: Side; readonly look: Look }) {
  const say = useSay();
  return (
    <section
      style={ownerStyle(side.colour)}
      aria-label={side.label}
      className="grid content-start gap-4 rounded-2xl border-2 border-owner bg-card p-6"
    >
      <h2 className="text-[30px] font-bold text-owner">
        <bdi>{side.label}</bdi>
      </h2>
      <p className="text-[24px] text-soft">{origin()}</p>
      {look.kind !== 'absent' && (
        <pre className="max-h-[50dvh] overflow-hidden font-mono text-[26px] leading-snug break-words whitespace-pre-wrap">
          {contents(look)}
        </pre>
      )}
    </section>
  );

  function origin(): string {
    if (look.kind === 'absent') return say(look.why === 'deleted' ? 'compare.deleted' : 'compare.never');
    const title = (layer: number) =>
      side.layers[layer] ? layerTitle(side.layers[layer].createdBy) : say('layers.init');
    if (look.from !== 'sheet') return say('compare.fromLayer', { layer: look.from + 1, line: title(look.from) });
    if (look.covers === undefined) return say('compare.fromSheet');
    return say('compare.covers', { layer: look.covers + 1, line: title(look.covers) });
  }
}

/** The beginning, as the wall can hold it. */
function contents(look: Exclude<Look, { kind: 'absent' }>): string {
  if (look.target !== undefined) return `→ ${look.target}`;
  if (!look.bytes) return '';
  return (asText(look.bytes.subarray(0, 2000)) ?? asHex(look.bytes, 256)).trimEnd();
}
