import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../lib/content';
import type { ImageView } from '../../_view';
import { hash, type Proof, prove, tamper } from './prove';

const bytes = (text: string) => new TextEncoder().encode(text);

function made() {
  const layers = [bytes('one'), bytes('two'.repeat(200_000))];
  const config = bytes(JSON.stringify({ rootfs: { diff_ids: layers.map(digestOf) } }));
  const manifest = bytes(JSON.stringify({ config: { digest: digestOf(config) } }));
  const held = new Map<string, Uint8Array>([...layers, config, manifest].map((one) => [digestOf(one), one]));
  const image: ImageView = {
    reference: 'a:1',
    imageId: digestOf(config),
    manifestDigest: digestOf(manifest),
    settings: [],
    layers: layers.map((layer) => ({ digest: digestOf(layer), size: layer.length, createdBy: 'RUN x' })),
  };
  return { held, image, fetch: async (digest: string) => held.get(digest) };
}

describe('the proof', () => {
  it('verifies every part, and tells of each as it goes', async () => {
    const { image, fetch } = made();
    const told: Proof[] = [];
    const end = await prove(image, fetch, (proof) => told.push(proof));
    expect(end).toMatchObject({ verified: 4, done: true });
    expect(told.map(({ verified }) => verified)).toEqual([0, 1, 2, 3, 4]);
  });

  it('names the part whose bytes are others', async () => {
    const { held, image, fetch } = made();
    held.set(image.layers[0]!.digest, bytes('One'));
    const { parts, verified } = await prove(image, fetch, () => {});
    expect(verified).toBe(3);
    expect(parts[2]).toMatchObject({ kind: 'layer', state: 'wrong', found: digestOf(bytes('One')) });
  });

  it('is not content with true bytes that do not name each other', async () => {
    const { image, held, fetch } = made();
    const stray = bytes(JSON.stringify({ config: { digest: digestOf(bytes('another')) } }));
    held.set(digestOf(stray), stray);
    const { parts } = await prove({ ...image, manifestDigest: digestOf(stray) }, fetch, () => {});
    expect(parts[0]?.state).toBe('wrong');
  });

  it('says what did not arrive', async () => {
    const { held, image, fetch } = made();
    held.delete(image.imageId);
    expect((await prove(image, fetch, () => {})).parts[1]?.state).toBe('missing');
  });
});

it('hashes in slices to the same digest as at once', async () => {
  const much = new Uint8Array(700_001).map((_, i) => i * 31);
  expect(await hash(much)).toBe(digestOf(much));
});

it('turns a bit in a copy only', async () => {
  const original = bytes('layer');
  expect(await tamper(original)).not.toBe(digestOf(original));
  expect(original).toEqual(bytes('layer'));
});
