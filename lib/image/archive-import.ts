import { sha256Stream } from '#sha256';
import { type Digest, digestFromHash, digestOf } from '../content';
import { Failure, refused } from '../errors';
import { entryPath, LayerCheck, packing, readTarStream, type StreamedEntry, unpackedStream } from '../layer';
import type { Imported } from './archive-load';
import { type Offer, type Part, planArchive } from './archive-plan';
import { type BlobSink, type BlobWriter, writeBlob } from './blob-sink';
import { describeImage, type Image } from './image';
import { parseConfig } from './manifest';

export interface ImportLimits {
  /** Of the archive and of each layer, unpacked. */
  readonly bytes: number;
  /** Of each layer. */
  readonly entries: number;
  /** Of each file that is not a layer; and a hundred times as many of all such files. */
  readonly document: number;
}

export const importLimits: ImportLimits = { bytes: 2 ** 33, entries: 1_000_000, document: 4 * 2 ** 20 };

interface Layer {
  /** Of the bytes as they are in the archive. */
  readonly raw: Digest;
  readonly diffId: Digest;
  readonly size: number;
}

/**
 * Brings an image archive in as it streams by, in any form that `loadArchive` reads. Layers go to the sink unpacked, under
 * their DiffIds, while they pass; memory holds the small files and one piece of bytes. On any failure the sink is told to
 * forget everything.
 */
export async function importArchive(
  chunks: AsyncIterable<Uint8Array>,
  sink: BlobSink,
  limits: ImportLimits = importLimits,
): Promise<Imported[]> {
  try {
    const intake = new Intake(sink, limits);
    for await (const entry of readTarStream(unpackedStream(chunks, 'the archive', limits.bytes)))
      await intake.take(entry);
    return await intake.finish();
  } catch (error) {
    await sink.abort();
    throw error;
  }
}

class Intake {
  readonly #documents = new Map<string, Uint8Array>();
  readonly #layers = new Map<string, Layer>();
  readonly #links = new Map<string, string>();
  #documentBytes = 0;

  constructor(
    readonly sink: BlobSink,
    readonly limits: ImportLimits,
  ) {}

  async take({ header, data }: StreamedEntry): Promise<void> {
    const path = entryPath(header.name).join('/');
    const { kind, target } = header;
    if (target !== undefined) {
      const from = kind === 'symlink' ? `${path}/../` : '';
      this.#links.set(path, entryPath(from + target).join('/'));
    } else if (kind === 'file' && header.size > this.limits.document) {
      this.#layers.set(path, await this.#layer(path, data, header.size));
    } else if (kind === 'file') await this.#small(path, data, header.size);
  }

  /** A small file may be either: a document is JSON, and no tar is. */
  async #small(path: string, data: AsyncIterable<Uint8Array>, size: number): Promise<void> {
    const bytes = new Uint8Array(size);
    let at = 0;
    for await (const part of data) {
      bytes.set(part, at);
      at += part.length;
    }
    if (isLayer(bytes)) this.#layers.set(path, await this.#layer(path, once(bytes), size));
    else {
      this.#documentBytes += size;
      if (this.#documentBytes > 100 * this.limits.document)
        throw new Failure('exhausted', 'the archive has too many small files');
      this.#documents.set(path, bytes);
    }
  }

  async #layer(path: string, data: AsyncIterable<Uint8Array>, packedSize: number): Promise<Layer> {
    const raw = sha256Stream();
    const plain = sha256Stream();
    const check = new LayerCheck(this.limits.entries);
    let packed = false;
    const seen = watched(data, (part, first) => {
      if (first) packed = packing(part) !== 'none';
      if (packed) raw.update(part);
    });
    let writer: BlobWriter | undefined;
    let size = 0;
    for await (const part of unpackedStream(seen, `layer "${path}"`, this.limits.bytes)) {
      plain.update(part);
      check.push(part);
      writer ??= this.sink.begin(packed ? undefined : packedSize);
      await writer.write(part);
      size += part.length;
    }
    check.end();
    const diffId = digestFromHash(plain.digest());
    await (writer ?? this.sink.begin(0)).end(diffId);
    return { raw: packed ? digestFromHash(raw.digest()) : diffId, diffId, size };
  }

  async finish(): Promise<Imported[]> {
    const offers = planArchive((path) => this.#documents.get(this.#resolved(path)));
    const imported: Imported[] = [];
    const keep: Digest[] = [];
    for (const offer of offers) {
      const { image, config, manifestBytes } = this.#check(offer);
      keep.push(
        await writeBlob(this.sink, config),
        await writeBlob(this.sink, manifestBytes),
        ...image.config.rootfs.diff_ids,
      );
      imported.push({ image, references: offer.references });
    }
    await this.sink.commit(keep);
    return imported;
  }

  #check(offer: Offer): { readonly image: Image; readonly config: Uint8Array; readonly manifestBytes: Uint8Array } {
    const config = this.#documents.get(this.#resolved(offer.config.path));
    if (!config) throw missing(offer.config);
    requireSame(offer.config, digestOf(config));
    const { rootfs } = parseConfig(config, `configuration ${offer.config.path}`);
    if (rootfs.diff_ids.length !== offer.layers.length) {
      throw new Failure(
        'corrupt',
        `the archive lists ${offer.layers.length} layers, the configuration ${rootfs.diff_ids.length}`,
      );
    }
    const sizes = new Map(
      offer.layers.map((part, at) => [rootfs.diff_ids[at], this.#checkLayer(part, rootfs.diff_ids[at]!)]),
    );
    return { config, ...describeImage(config, (diffId) => sizes.get(diffId)) };
  }

  #checkLayer(part: Part, diffId: Digest): number {
    const layer = this.#layers.get(this.#resolved(part.path));
    if (!layer) throw missing(part);
    requireSame(part, layer.raw);
    if (layer.diffId === diffId) return layer.size;
    throw new Failure('corrupt', `layer ${part.path}, unpacked, has the digest ${layer.diffId}, not ${diffId}`);
  }

  #resolved(path: string): string {
    let at = path;
    for (let links = 0; links < 8; links++) at = this.#links.get(at) ?? at;
    return at;
  }
}

function missing({ path }: Part): Failure {
  return refused('archive.lacks', { path });
}

function requireSame({ path, digest }: Part, found: Digest): void {
  if (digest && digest !== found) throw refused('archive.digest', { path, found, digest });
}

/** Packed, or with the mark of ustar and GNU tar where a header has it. */
function isLayer(bytes: Uint8Array): boolean {
  if (packing(bytes) !== 'none') return true;
  const text = String.fromCharCode(...bytes.subarray(257, 262));
  return text === 'ustar' || (bytes.length >= 1024 && bytes.length % 512 === 0 && bytes.every((byte) => byte === 0));
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* watched(
  chunks: AsyncIterable<Uint8Array>,
  see: (part: Uint8Array, first: boolean) => void,
): AsyncGenerator<Uint8Array> {
  let first = true;
  for await (const part of chunks) {
    see(part, first);
    first = false;
    yield part;
  }
}
