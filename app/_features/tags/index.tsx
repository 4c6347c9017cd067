'use client';
import { useSay } from '../../_i18n/language';
import { ClassStack, DigestMark, useCountSentence } from '../../_picture';
import { Note, Panel } from '../../_ui';
import { type Column, type ContainerView, countChanges, type ImageView } from '../../_view';

/** One image that a tag names or has named, and the containers that stand on it. */
export interface TagStack {
  readonly image: ImageView;
  readonly columns: readonly Column[];
}

/** Sheets drawn on a stack; the others are counted. */
const mostSheets = 24;

/**
 * A tag that has moved: the stacks that it named, the oldest first, and its arrow on the one that it names now. Sheets stay
 * on the stack that they were laid on; the arrow jumps.
 */
export function Tags({ tag, stacks }: { readonly tag: string; readonly stacks: readonly TagStack[] }) {
  const say = useSay();
  const now = stacks.length - 1;
  const share = 100 / stacks.length;
  const old = stacks.slice(0, -1).reduce((sum, { columns }) => sum + columns.length, 0);
  return (
    <Panel title={say('tags.title', { tag })} note={say('tags.note')}>
      <p role="status" className="mb-2 text-sm">
        {say('tags.sentence', { tag, digest: short(stacks[now]!.image.imageId), n: old })}
      </p>
      <div className="relative h-14" aria-hidden="true">
        <div
          className="absolute top-0 grid justify-items-center transition-[left] duration-[380ms] ease-[cubic-bezier(0.3,1.4,0.5,1)]"
          style={{ left: `${share * now}%`, width: `${share}%` }}
        >
          <span className="max-w-full truncate rounded-lg border-2 border-accent bg-accent-wash px-2.5 py-0.5 font-mono text-sm font-bold">
            {tag}
          </span>
          <svg width="16" height="24" viewBox="0 0 16 24" aria-hidden="true">
            <path d="M8 0v20M2 14l6 7 6-7" fill="none" stroke="var(--accent)" strokeWidth="2.4" />
          </svg>
        </div>
      </div>
      <ol className="grid gap-3" style={{ gridTemplateColumns: `repeat(${stacks.length}, minmax(0, 1fr))` }}>
        {stacks.map((stack, i) => (
          <li key={stack.image.imageId} className={`grid min-w-0 content-start gap-2 ${i === now ? '' : 'opacity-90'}`}>
            <Stack stack={stack} current={i === now} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Stack({ stack: { image, columns }, current }: { readonly stack: TagStack; readonly current: boolean }) {
  const say = useSay();
  const count = useCountSentence();
  const digest = image.imageId;
  const sentence = say(current ? 'tags.current' : 'tags.old', { n: columns.length });
  const sheets = columns.slice(0, mostSheets).map((column) => ({
    id: column.id,
    label: column.label,
    colour: column.colour,
    changes: column.container.changes,
    dim: column.container.status !== 'running',
    sentence: `${column.label}: ${count(countChanges(column.container.changes))}; ${say('tags.standsOn', { digest: short(digest) })}`,
  }));
  return (
    <>
      <ClassStack
        layers={image.layers}
        sheets={sheets}
        sentence={sentence}
        width={420}
        field={sheets.length ? 150 : 40}
      />
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <DigestMark digest={digest} />
        <span className={current ? '' : 'text-soft'}>{sentence}</span>
      </p>
    </>
  );
}

/** At a desk: the tag has moved, and this container has not. */
export function OldImage({ container, image }: { readonly container: ContainerView; readonly image: ImageView }) {
  const say = useSay();
  return (
    <Note tone="warn" live>
      {say('tags.desk', {
        name: container.name,
        tag: image.reference,
        old: short(container.imageId),
        now: short(image.imageId),
      })}{' '}
      <code className="text-[0.9em]">
        docker rm -f {container.name}; docker run -it --name {container.name} {image.reference}
      </code>
    </Note>
  );
}

const short = (digest: string) => digest.replace(/^sha256:/, '').slice(0, 12);
