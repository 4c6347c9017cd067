import { Failure } from '../errors';
import { readTar, unpacked } from '../layer';
import { addImage } from './add-image';
import type { Daemon } from './daemon';
import { canonicalName, familiarName } from './image-names';
import type { ImageRecord } from './state';

export interface Loaded {
  readonly image: ImageRecord;
  /** Familiar tags that it was loaded under. */
  readonly tags: readonly string[];
  /** Tags that named another image before: familiar tag → that image. */
  readonly moved: readonly { readonly tag: string; readonly from: string }[];
}

interface ManifestRow {
  readonly Config: string;
  readonly RepoTags: readonly string[] | null;
  readonly Layers: readonly string[];
}

/**
 * `docker load`: the images of a `docker save` archive (gzipped or not), under the same ids. What is wrong with one is said
 * here in the daemon's own words and order, which is why lib/image's `loadArchive`, the class's door, does not serve: it
 * reads more forms, checks everything first, and refuses in the classroom's words.
 */
export function load(daemon: Daemon, archive: Uint8Array): Loaded[] {
  const files = filesOf(unzipped(archive));
  const manifest = files.get('manifest.json');
  if (!manifest) throw new Failure('invalid', 'open manifest.json: no such file or directory');
  const rows = parse<ManifestRow[]>(manifest, 'invalid manifest.json');
  return rows.map((row) => loadRow(daemon, files, row));
}

function loadRow(daemon: Daemon, files: ReadonlyMap<string, Uint8Array>, row: ManifestRow): Loaded {
  const config = files.get(row.Config);
  if (!config) throw new Failure('invalid', `open ${row.Config}: no such file or directory`);
  const wanted = parse<{ rootfs?: { diff_ids?: string[] } }>(config, 'invalid image JSON').rootfs?.diff_ids ?? [];
  if (wanted.length !== row.Layers.length) {
    throw new Failure(
      'invalid',
      `invalid manifest, layers length mismatch: expected ${row.Layers.length}, got ${wanted.length}`,
    );
  }
  row.Layers.forEach((path, at) => {
    const layer = files.get(path);
    if (!layer) throw new Failure('invalid', `open ${path}: no such file or directory`);
    const digest = daemon.options.content.put(unzipped(layer));
    if (digest !== wanted[at])
      throw new Failure(
        'corrupt',
        `invalid diffID for layer ${at}: expected ${JSON.stringify(wanted[at])}, got ${JSON.stringify(digest)}`,
      );
  });
  const image = addImage(daemon, config);
  const moved: { tag: string; from: string }[] = [];
  for (const tag of row.RepoTags ?? []) {
    const reference = canonicalName(tag);
    if (!reference) throw new Failure('invalid', `invalid tag ${JSON.stringify(tag)}`);
    const before = daemon.state.images.tags.get(reference);
    if (before && before !== image.id) moved.push({ tag: familiarName(reference), from: before });
    daemon.change({ type: 'image:tagged', reference, id: image.id, at: daemon.now() });
    daemon.announcements.tell('image', 'tag', image.id, { name: familiarName(reference) });
  }
  daemon.announcements.tell('image', 'load', image.id, { name: image.id });
  return { image, tags: row.RepoTags ?? [], moved };
}

export function unzipped(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return unpacked(bytes, 'the archive');
  } catch {
    throw new Failure('invalid', 'gzip: invalid header');
  }
}

function filesOf(tar: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  try {
    for (const entry of readTar(tar)) if (entry.kind === 'file') files.set(entry.name.replace(/^\.\//, ''), entry.data);
  } catch (error) {
    if (error instanceof Failure && error.code === 'corrupt')
      throw new Failure('invalid', 'archive/tar: invalid tar header');
    throw error;
  }
  return files;
}

function parse<T>(bytes: Uint8Array, sentence: string): T {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as T;
  } catch {
    throw new Failure('invalid', sentence);
  }
}
