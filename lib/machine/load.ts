import type { ContentStore } from '../content';
import { canonicalName, type Engine } from '../engine';
import { Failure } from '../errors';
import type { PublishedImage } from './published-image';

/** Puts a published image into an engine and its reference on it: what a pull from the class's registry comes to. */
export function loadPublished(engine: Engine, content: ContentStore, image: PublishedImage): void {
  const config = content.get(image.imageId);
  if (!config)
    throw new Failure('not-found', `the configuration of ${image.reference} is not here`, { digest: image.imageId });
  const reference = canonicalName(image.reference);
  if (!reference) throw new Failure('invalid', `"${image.reference}" is not an image's name`, { field: 'reference' });
  const record = engine.addImage(config);
  const { daemon } = engine;
  if (daemon.state.images.tags.get(reference) === record.id) return;
  daemon.change({ type: 'image:tagged', reference, id: record.id, at: daemon.now() });
  daemon.change({
    type: 'image:tagged',
    reference: `${reference.replace(/:[^:/]*$/, '')}@${image.manifestDigest}`,
    id: record.id,
  });
}
