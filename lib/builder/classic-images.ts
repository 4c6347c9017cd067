import { findImage, formatReference, type Image, makeImage, parseImageName } from '../image';
import type { DiffId } from '../layer';
import { unavailable } from './base-images';
import type { BuildOptions, FoundImage } from './build-options';
import { ClassicFailure } from './classic-failure';
import type { Materials } from './materials';

/** The image that FROM or `--from` names, or the classic builder's complaint. */
export async function classicImage(options: BuildOptions, materials: Materials, name: string): Promise<Image> {
  const reference = formatReference(parseImageName(name));
  const { sources, platform = 'linux/amd64', pull = false, content } = options;
  const found = await sources.resolve(reference, { platform, pull });
  if (found.found !== 'image') throw new ClassicFailure(complaint(name, reference, found));
  const { config, diffIds } = found;
  materials.image(reference, diffIds);
  return found.imageId === undefined ? makeStored(content, { config, diffIds }) : findImage(content, found.imageId);
}

function complaint(name: string, reference: string, found: Exclude<FoundImage, { found: 'image' }>): string {
  switch (found.found) {
    case 'no-repository':
      return `pull access denied for ${name}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`;
    case 'no-tag':
      return `manifest for ${name} not found: manifest unknown: manifest unknown`;
    case 'failure':
      return unavailable(reference, found);
  }
}

/** An image whose id is not known is made anew of what is. */
function makeStored(
  content: BuildOptions['content'],
  { config, diffIds }: { config: Image['config']; diffIds: readonly DiffId[] },
): Image {
  const { config: settings, history = [], created, author } = config;
  return makeImage(content, { diffIds, config: settings ?? {}, history, created, author });
}
