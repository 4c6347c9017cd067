import { type ContentStore, type Digest, digestOf } from '../content';
import { Failure, refused } from '../errors';
import { entryPath, readLayer, readTar, type TarEntry, unpacked } from '../layer';
import { type Offer, type Part, planArchive } from './archive-plan';
import { type Image, imageOf } from './image';
import { parseConfig } from './manifest';
import type { Reference } from './reference';

/** An image that was brought in, and the names that the archive gives it. */
export interface Imported {
  readonly image: Image;
  readonly references: readonly Reference[];
}

/** Finds a file of an archive by its path; undefined when it has none such. */
export type FindFile = (path: string) => Uint8Array | undefined;

/**
 * Reads an image archive that is in memory: any form that `saveArchive` writes, plain or packed, with plain or packed layers.
 * Everything is checked before the first blob is stored; a Failure (`corrupt`, `unsupported`, `exhausted`) names what is wrong.
 */
export function loadArchive(content: ContentStore, archive: Uint8Array): Imported[] {
  const files = new ArchiveFiles(unpacked(archive, 'the archive'));
  return loadFiles(content, (path) => files.find(path));
}

/** The same for an archive that lies unpacked in a folder, as an OCI layout often does. */
export function loadFiles(content: ContentStore, find: FindFile): Imported[] {
  const offers = planArchive(find);
  const checked = offers.map((offer) => ({ offer, ...check(find, offer) }));
  return checked.map(({ offer, config, layers }) => {
    for (const layer of layers) content.put(layer);
    return { image: imageOf(content, config), references: offer.references };
  });
}

function check(find: FindFile, offer: Offer): { config: Uint8Array; layers: Uint8Array[] } {
  const config = partOf(find, offer.config);
  const { rootfs } = parseConfig(config, `configuration ${offer.config.path}`);
  if (rootfs.diff_ids.length !== offer.layers.length) {
    throw new Failure(
      'corrupt',
      `the archive lists ${offer.layers.length} layers, the configuration ${rootfs.diff_ids.length}`,
    );
  }
  const layers = offer.layers.map((part, at) => {
    const tar = unpacked(partOf(find, part), `layer ${part.path}`);
    requireDigest(tar, rootfs.diff_ids[at]!, `layer ${part.path}, unpacked,`);
    readLayer(tar);
    return tar;
  });
  return { config, layers };
}

function partOf(find: FindFile, { path, digest }: Part): Uint8Array {
  const bytes = find(path);
  if (!bytes) throw refused('archive.lacks', { path });
  if (digest) requireDigest(bytes, digest, `"${path}"`);
  return bytes;
}

function requireDigest(bytes: Uint8Array, digest: Digest, what: string): void {
  const found = digestOf(bytes);
  if (found !== digest) throw new Failure('corrupt', `${what} has the digest ${found}, not ${digest}`);
}

/** The files of an archive by path. Old archives have links among them for layers that images share. */
class ArchiveFiles {
  readonly #entries = new Map<string, TarEntry>();

  constructor(archive: Uint8Array) {
    for (const entry of readTar(archive, true)) this.#entries.set(entryPath(entry.name).join('/'), entry);
  }

  find(path: string): Uint8Array | undefined {
    let entry = this.#entries.get(path);
    for (let links = 0; entry?.target !== undefined && links < 8; links++) {
      const folder = entry.kind === 'symlink' ? `${entry.name}/../` : '';
      entry = this.#entries.get(entryPath(folder + entry.target).join('/'));
    }
    return entry?.kind === 'file' ? entry.data : undefined;
  }
}
