import { describe, expect, it } from 'vitest';
import { validateDocument } from '../../lib/image';
import { chainIds, type DiffId } from '../../lib/layer';
import { peerCases } from './peer-cases';

const chains = peerCases<{ diffIDs: DiffId[]; chainIDs: string[] }[]>('oci/chainid.json') ?? [];
const documents = peerCases<{ schema: string; doc: string; valid: boolean }[]>('oci/validity.json') ?? [];

describe('chain ids', () => {
  it.each(chains)('of $diffIDs', ({ diffIDs, chainIDs }) => expect(chainIds(diffIDs)).toEqual(chainIDs));
});

describe('documents', () => {
  const kinds: Record<string, Parameters<typeof validateDocument>[0]> = {
    'content-descriptor.json': 'descriptor',
    'image-index-schema.json': 'index',
    'image-manifest-schema.json': 'manifest',
    'config-schema.json': 'config',
    'image-layout-schema.json': 'layout',
    TestBackwardsCompatibilityImageIndex: 'index',
    TestBackwardsCompatibilityManifest: 'manifest',
    TestBackwardsCompatibilityConfig: 'config',
  };
  const rows = documents.map((row, at) => ({ at, ...row }));

  it.each(rows)('$at: $schema, valid: $valid', ({ schema, doc, valid }) => {
    const check = () => validateDocument(kinds[schema]!, new TextEncoder().encode(doc));
    if (valid) expect(check).not.toThrow();
    else expect(check).toThrow();
  });
});
