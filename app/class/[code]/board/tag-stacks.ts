import { useEffect, useState } from 'react';
import type { ClassState, Published } from '../../../../lib/classroom';
import type { TagStack } from '../../../_features/tags';
import type { Column } from '../../../_view';
import { standsOn } from '../view';

/**
 * The stacks of one tag, the oldest first: those that containers made by this tag still stand on, the one that this page saw
 * it leave, and last the one that it names now. A tag that has not moved has one.
 */
export function useTagStacks(
  state: ClassState | undefined,
  image: Published | undefined,
  on: readonly Column[],
  elsewhere: readonly Column[],
): readonly TagStack[] {
  const seen = useSeen(image);
  if (!state || !image) return [];
  const left = elsewhere.filter(({ container }) => container.image === image.reference);
  const ids = [...new Set(left.map(({ container }) => container.imageId))];
  const found = ids
    .sort((a, b) => oldest(left, a).localeCompare(oldest(left, b)))
    .map((id) => {
      const columns = left.filter(({ container }) => container.imageId === id);
      const known = seen.find(({ imageId }) => imageId === id);
      return { image: known ?? standsOn(columns[0]!.container, image, [...state.images, ...seen]), columns };
    });
  const last = seen.at(-1);
  const deserted = last && !ids.includes(last.imageId) ? [{ image: last, columns: [] }] : [];
  return [...found, ...deserted, { image, columns: on }];
}

const oldest = (columns: readonly Column[], imageId: string) =>
  columns.reduce(
    (first, { container }) => (container.imageId === imageId && container.created < first ? container.created : first),
    '9',
  );

/** What the tag named before, as far as this page has seen. */
function useSeen(image: Published | undefined): readonly Published[] {
  const [seen, setSeen] = useState<readonly Published[]>([]);
  useEffect(() => {
    if (!image) return;
    setSeen((before) =>
      [...before.filter(({ imageId }) => imageId !== image.imageId), image].filter(
        ({ reference }) => reference === image.reference,
      ),
    );
  }, [image]);
  return seen.filter(({ imageId }) => imageId !== image?.imageId);
}
