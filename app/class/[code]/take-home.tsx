'use client';
import { askToTake, download, type Room } from '../../_client';
import { type Subject, TakeHome } from '../../_features/take-home';
import { useSay } from '../../_i18n/language';

/** An image of the class. */
interface OfImage {
  readonly reference: string;
  readonly imageId: string;
}

/** A container, of the seat whose it is; without one: of whoever looks at this page. */
interface OfContainer {
  readonly id: string;
  readonly label: string;
  readonly seat?: string;
}

/** “Take it home” with what this screen shows, asked of the server. */
export function TakeClassHome({
  room,
  image,
  containers = [],
}: {
  readonly room: Room | undefined;
  readonly image?: OfImage;
  readonly containers?: readonly OfContainer[];
}) {
  const say = useSay();
  const subjects: readonly Subject[] = [
    ...(image ? [{ key: 'image', kind: 'image' as const, label: image.reference }] : []),
    ...containers.map(({ id, label }) => ({ key: id, kind: 'container' as const, label })),
  ];
  return (
    <TakeHome
      subjects={subjects}
      onTake={async ({ key }, form) => {
        const container = containers.find(({ id }) => id === key);
        if (!room || (!container && !image)) return { ok: false, message: say('refused.unavailable') };
        const what = container
          ? { container: container.id, form, ...(container.seat && { seat: container.seat }) }
          : { imageId: image!.imageId, form: form === 'oci' ? form : ('docker' as const) };
        const answer = await askToTake(room.code, what, room.wire);
        if (answer.ok) download(answer.href);
        return answer;
      }}
    />
  );
}
