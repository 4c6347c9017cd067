import { z } from 'zod';
import { type Digest, isDigest } from '../content';
import { Failure, refused } from '../errors';
import { normalise } from '../fs';
import { type Index, indexSchema, type Manifest, manifestSchema, parseDocument } from './manifest';
import { isIndexType, isManifestType, layerForm } from './media-types';
import { parseNormalised, type Reference, withDefaultTag } from './reference';

/** One image that an archive offers: where its parts are in the archive. */
export interface Offer {
  readonly config: Part;
  readonly layers: readonly Part[];
  readonly references: readonly Reference[];
}

/** A file of the archive, and what is said of it. */
export interface Part {
  readonly path: string;
  /** What its bytes, as they are in the archive, must come to. */
  readonly digest?: Digest;
}

/** Small files of an archive by path; undefined when it has none such. */
export type Documents = (path: string) => Uint8Array | undefined;

const dockerSchema = z.array(
  z.looseObject({
    Config: z.string(),
    RepoTags: z.array(z.string()).nullish(),
    Layers: z.array(z.string()).nullable(),
  }),
);

/** Reads the table of contents: Docker's manifest.json, or else an OCI layout's index.json. */
export function planArchive(documents: Documents): Offer[] {
  const manifest = documents('manifest.json');
  if (manifest) return fromDocker(manifest);
  const index = documents('index.json');
  if (index) return fromIndex(parseDocument(indexSchema, index, 'index.json'), documents);
  if (documents('repositories')) {
    throw refused('archive.old');
  }
  throw refused('archive.other');
}

function fromDocker(bytes: Uint8Array): Offer[] {
  return parseDocument(dockerSchema, bytes, 'manifest.json').map(({ Config, RepoTags, Layers }) => ({
    config: partAt(Config),
    layers: (Layers ?? []).map(partAt),
    references: (RepoTags ?? []).map((name) => withDefaultTag(parseNormalised(name))),
  }));
}

function partAt(path: string): Part {
  const clean = normalise(path).replace(/^\//, '');
  if (clean === '..' || clean.startsWith('../'))
    throw new Failure('corrupt', `manifest.json names "${path}", which is not in the archive`);
  const blob = /^blobs\/sha256\/([0-9a-f]{64})$/.exec(clean) ?? /^([0-9a-f]{64})\.json$/.exec(clean);
  return blob ? { path: clean, digest: `sha256:${blob[1]}` as Digest } : { path: clean };
}

function blobPart(digest: string): Part & { readonly digest: Digest } {
  if (!isDigest(digest)) throw new Failure('unsupported', `blob ${digest.slice(0, 100)} is not named by SHA-256`);
  return { path: `blobs/sha256/${digest.slice(7)}`, digest };
}

/** An index may hold indexes: one image for several platforms. Linux on amd64 is taken from those. */
function fromIndex(index: Index, documents: Documents, depth = 0): Offer[] {
  if (depth > 4) throw new Failure('corrupt', 'index.json leads to indexes within indexes without end');
  const offers = index.manifests.flatMap((descriptor) => {
    const { mediaType, annotations, platform } = descriptor;
    if (depth > 0 && platform && !(platform.os === 'linux' && platform.architecture === 'amd64')) return [];
    const { path, digest } = blobPart(descriptor.digest);
    const bytes = documents(path);
    if (!bytes) throw new Failure('corrupt', `index.json names blob ${digest}, which is not in the archive`);
    const references = referencesOf(annotations);
    if (isManifestType(mediaType))
      return [fromManifest(parseDocument(manifestSchema, bytes, `manifest ${digest}`), references)];
    if (!isIndexType(mediaType))
      throw new Failure('unsupported', `index.json names a blob of unknown media type ${mediaType}`);
    const inner = fromIndex(parseDocument(indexSchema, bytes, `index ${digest}`), documents, depth + 1);
    return inner.map((offer) => ({ ...offer, references: [...references, ...offer.references] }));
  });
  return joined(offers);
}

function referencesOf(annotations: Readonly<Record<string, string>> | undefined): Reference[] {
  const name = annotations?.['io.containerd.image.name'];
  if (name !== undefined) return [withDefaultTag(parseNormalised(name))];
  const short = annotations?.['org.opencontainers.image.ref.name'];
  return short !== undefined && /[/:]/.test(short) ? [withDefaultTag(parseNormalised(short))] : [];
}

function fromManifest(manifest: Manifest, references: readonly Reference[]): Offer {
  const layers = manifest.layers.map(({ mediaType, digest }) => {
    const form = layerForm(mediaType);
    if (form === undefined) throw new Failure('unsupported', `layer ${digest} is of unknown media type ${mediaType}`);
    if (form === 'foreign') throw refused('archive.foreign', { digest });
    return blobPart(digest);
  });
  return { config: blobPart(manifest.config.digest), layers, references };
}

/** One manifest under several names is listed once for each. */
function joined(offers: readonly Offer[]): Offer[] {
  const byConfig = new Map<string, Offer>();
  for (const offer of offers) {
    const present = byConfig.get(offer.config.path);
    byConfig.set(
      offer.config.path,
      present ? { ...present, references: [...present.references, ...offer.references] } : offer,
    );
  }
  return [...byConfig.values()];
}
