'use client';
import { useState } from 'react';
import { useSay } from '../../_i18n/language';
import { ChangeMark, CountMarks, OwnStack, ownerStyle, useCountSentence } from '../../_picture';
import { Panel, Scroll } from '../../_ui';
import {
  type ChangeView,
  type ContainerView,
  countChanges,
  type ImageView,
  layerTitle,
  legible,
  showBytes,
} from '../../_view';

/** What one container sees and where it comes from: its sheet above the image, and the same as a list. */
export function OwnLayers({
  image,
  container,
  others,
  colour,
  owner,
  onChoose,
}: {
  /** The image that the container stands on; without a container, the class's. */
  readonly image: ImageView;
  readonly container?: ContainerView;
  /** Every container that can be looked at, this one too. */
  readonly others: readonly ContainerView[];
  readonly colour: number;
  readonly owner: string;
  readonly onChoose: (id: string) => void;
}) {
  const say = useSay();
  const sentence = useCountSentence();
  const [lit, setLit] = useState<string>();
  const counts = countChanges(container?.changes.filter((change) => !change.onTheWay) ?? []);
  const words = container
    ? say('layers.sentence', {
        name: container.name,
        changes: sentence(counts),
        image: image.reference,
        n: image.layers.length,
      })
    : say('layers.noContainer', { image: image.reference });
  const hidden = (container?.changes.filter((change) => !change.onTheWay).length ?? 0) - 4;
  return (
    <Panel
      title={container ? say('layers.title', { name: container.name }) : say('layers.titleNone')}
      tools={
        others.length > 1 && container ? (
          <Choose others={others} container={container} onChoose={onChoose} />
        ) : undefined
      }
    >
      <div style={ownerStyle(colour)} className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <OwnStack
          layers={image.layers}
          label={image.reference}
          changes={container?.changes}
          colour={colour}
          caption={container ? say('layers.sheetOf', { owner }) : say('layers.noSheet')}
          hint={
            container
              ? say(container.status === 'running' ? 'layers.sheetHint' : 'layers.sheetStopped', {
                  name: container.name,
                })
              : say('layers.noSheetHint')
          }
          sentence={words}
          dim={container !== undefined && container.status !== 'running'}
          lit={lit}
          more={say('layers.more', { n: Math.max(0, hidden) })}
        />
        <p className="text-sm text-soft" aria-live="polite">
          {words}
        </p>
        {container && <Changes container={container} image={image} counts={counts} onLit={setLit} />}
      </div>
    </Panel>
  );
}

function Choose({
  others,
  container,
  onChoose,
}: {
  readonly others: readonly ContainerView[];
  readonly container: ContainerView;
  readonly onChoose: (id: string) => void;
}) {
  const say = useSay();
  return (
    <select
      aria-label={say('layers.choose')}
      value={container.id}
      onChange={(event) => onChoose(event.target.value)}
      className="max-w-36 rounded-lg border border-line-strong bg-card-high px-2 py-1 text-sm"
    >
      {others.map((other) => (
        <option key={other.id} value={other.id}>
          {other.name}
        </option>
      ))}
    </select>
  );
}

function Changes({
  container,
  image,
  counts,
  onLit,
}: {
  readonly container: ContainerView;
  readonly image: ImageView;
  readonly counts: ReturnType<typeof countChanges>;
  readonly onLit: (path: string | undefined) => void;
}) {
  const say = useSay();
  return (
    <div className="border-t border-line pt-3">
      <h3 className="mb-2 flex flex-wrap items-baseline gap-x-3 text-sm">
        {say('layers.changes')} <CountMarks counts={counts} />{' '}
        <span className="font-normal text-soft">{showBytes(container.bytes)}</span>
      </h3>
      {container.changes.length === 0 && <p className="text-sm text-soft">{say('layers.empty')}</p>}
      <Scroll label={say('layers.changes')} className="max-h-72">
        <ul className="grid grid-cols-[minmax(0,1fr)] gap-0.5">
          {container.changes.map((change) => (
            <ChangeRow key={`${change.path} ${change.kind}`} change={change} image={image} onLit={onLit} />
          ))}
        </ul>
      </Scroll>
    </div>
  );
}

function ChangeRow({
  change,
  image,
  onLit,
}: {
  readonly change: ChangeView;
  readonly image: ImageView;
  readonly onLit: (path: string | undefined) => void;
}) {
  const say = useSay();
  const layer = change.covers === undefined ? undefined : image.layers[change.covers];
  const from =
    change.covers === undefined
      ? say('layers.onlyHere')
      : layer === undefined
        ? say('layers.init')
        : say(change.kind === 'deleted' ? 'layers.hides' : 'layers.covers', {
            layer: (change.covers ?? 0) + 1,
            line: layerTitle(layer.createdBy),
          });
  return (
    <li
      className={`news flex items-center gap-2.5 rounded-lg px-1.5 py-1 hover:bg-paper-deep ${change.onTheWay ? 'text-soft' : ''}`}
      onPointerEnter={() => onLit(change.path)}
      onPointerLeave={() => onLit(undefined)}
    >
      <ChangeMark kind={change.kind} word={false} />
      <code className="min-w-0 flex-1 truncate text-[13px]" title={legible(change.path)}>
        {legible(change.path)}
      </code>
      <span className="max-w-[46%] shrink-0 truncate text-right text-[12.5px] text-soft" title={from}>
        {change.onTheWay ? say('layers.onTheWay') : from}
      </span>
    </li>
  );
}
