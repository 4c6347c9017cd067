import { Failure } from '../errors';
import type { Daemon } from './daemon';
import { imageConfig } from './image-config';
import { canonicalName, familiarName } from './image-names';
import { findImage } from './lookup';

/** `docker tag`: one more name for an image; a name that was there moves. */
export function tag(daemon: Daemon, source: string, target: string): void {
  const image = findImage(daemon, source);
  const reference = canonicalName(target);
  if (!reference || reference.includes('@'))
    throw new Failure('invalid', 'refusing to create a tag with a digest reference');
  daemon.change({ type: 'image:tagged', reference, id: image.id, at: daemon.now() });
  const labels = imageConfig(daemon, image).config?.Labels ?? {};
  daemon.announcements.tell('image', 'tag', image.id, { ...labels, name: familiarName(reference) });
}
