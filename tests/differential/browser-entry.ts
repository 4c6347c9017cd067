import { MemoryContent } from '../../lib/content';
import { mountFileSystem } from '../../lib/fs';
import { ContentSink, importArchive, parseImageName, saveArchive } from '../../lib/image';
import { diffIdOf } from '../../lib/layer';
import { changedTar, changes, exportTar, Layers, Union } from '../../lib/snapshot';

/** Brings an archive in, works on it, and tells every digest that came of it: the same in Node and in a browser. */
export async function digests(archive: Uint8Array): Promise<Record<string, unknown>> {
  const content = new MemoryContent();
  const pieces = (async function* () {
    for (let at = 0; at < archive.length; at += 50_000) yield archive.slice(at, at + 50_000);
  })();
  const imported = await importArchive(pieces, new ContentSink(content));
  const [first] = imported;
  const union = new Union({
    lower: new Layers(content).lower(first!.image.config.rootfs.diff_ids),
    now: () => 1_800_000_000_000_000_000n,
  });
  const fs = mountFileSystem(union);
  fs.mkdir('/made here – né');
  fs.writeFile('/made here – né/file', new TextEncoder().encode('x'.repeat(3000)));
  for (const { name, kind } of fs.readdir('/').slice(0, 3)) if (kind === 'directory') fs.chmod(`/${name}`, 0o700);
  return {
    images: imported.map(({ image }) => [image.imageId, image.manifestDigest, image.config.rootfs.diff_ids]),
    changes: changes(union.lower, union.sheet),
    layer: diffIdOf(changedTar(union.sheet)),
    exported: diffIdOf(exportTar(union)),
    sheet: [union.sheet.digest(), union.sheet.stateDigest()],
    saved: diffIdOf(saveArchive(content, [{ image: first!.image, references: [parseImageName('again:1')] }])),
  };
}

(globalThis as Record<string, unknown>).digestsOf = digests;
