import { sha256Stream } from '#sha256';
import { digestFromHash } from '../../../lib/content';
import type { ImageView } from '../../_view';

/** One thing that an image is made of, and what its bytes really hash to. */
export interface Part {
  readonly kind: 'manifest' | 'config' | 'layer';
  /** Of a layer, from 0 at the bottom. */
  readonly index?: number;
  readonly digest: string;
  readonly found?: string;
  readonly state: 'waiting' | 'verified' | 'wrong' | 'missing';
}

export interface Proof {
  readonly parts: readonly Part[];
  readonly verified: number;
  readonly done: boolean;
  /** Milliseconds spent on fetching and hashing. */
  readonly ms: number;
}

export type Fetch = (digest: string) => Promise<Uint8Array | undefined>;

const slice = 256 * 1024;

/** What has to be checked of an image: manifest, config, and every layer. */
export function partsOf(image: ImageView): readonly Part[] {
  return [
    { kind: 'manifest', digest: image.manifestDigest, state: 'waiting' },
    { kind: 'config', digest: image.imageId, state: 'waiting' },
    ...image.layers.map(({ digest }, index): Part => ({ kind: 'layer', index, digest, state: 'waiting' })),
  ];
}

/** Fetches every part and hashes the bytes that came. `tell` hears after each part. */
export async function prove(
  image: ImageView,
  fetch: Fetch,
  tell: (proof: Proof) => void,
  signal?: AbortSignal,
): Promise<Proof> {
  const start = performance.now();
  const parts = [...partsOf(image)];
  const sum = (done: boolean): Proof => ({
    parts: [...parts],
    verified: parts.filter(({ state }) => state === 'verified').length,
    done,
    ms: Math.round(performance.now() - start),
  });
  tell(sum(false));
  for (const [i, part] of parts.entries()) {
    if (signal?.aborted) break;
    parts[i] = await check(part, image, await fetch(part.digest));
    tell(sum(i === parts.length - 1));
  }
  return sum(true);
}

async function check(part: Part, image: ImageView, bytes: Uint8Array | undefined): Promise<Part> {
  if (!bytes) return { ...part, state: 'missing' };
  const found = await hash(bytes);
  return { ...part, found, state: found === part.digest && names(part, image, bytes) ? 'verified' : 'wrong' };
}

/** SHA-256 in slices: between two of them the page may do something else. */
export async function hash(bytes: Uint8Array): Promise<string> {
  const stream = sha256Stream();
  for (let from = 0; from < bytes.length; from += slice) {
    stream.update(bytes.subarray(from, from + slice));
    await new Promise((resolve) => setTimeout(resolve));
  }
  return digestFromHash(stream.digest());
}

/** A manifest must name the config, and a config the layers: then one digest vouches for everything below it. */
function names(part: Part, image: ImageView, bytes: Uint8Array): boolean {
  if (part.kind === 'layer') return true;
  try {
    const json = JSON.parse(new TextDecoder().decode(bytes));
    if (part.kind === 'manifest') return json.config?.digest === image.imageId;
    return JSON.stringify(json.rootfs?.diff_ids) === JSON.stringify(image.layers.map(({ digest }) => digest));
  } catch {
    return false;
  }
}

/** The tamper drill: the same bytes with one bit turned, in a copy; the original is left alone. */
export async function tamper(bytes: Uint8Array, at = Math.floor(bytes.length / 2)): Promise<string> {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ 1;
  return hash(copy);
}
