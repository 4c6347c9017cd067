import { describe, expect, it } from 'vitest';
import { digestOf } from '../../lib/content';
import { signedText } from '../auth';
import { makeLinks, type Parcel } from './links';

describe('links to an archive', () => {
  let now = 1000;
  const links = makeLinks(signedText('secret', 'archive link'), () => now);
  const imageId = digestOf(new Uint8Array());
  const parcel: Parcel = { kind: 'image', imageId, manifestDigest: imageId, form: 'oci', file: 'größe.tar' };

  it('lead to what they were made for, in their own class, for a minute', () => {
    now = 1000;
    const token = links.make('ABC234', parcel);
    expect(token).toMatch(/^[\w.-]+$/);
    expect(links.read('ABC234', token)).toEqual(parcel);
    expect(links.read('XYZ234', token)).toBeUndefined();
    now += 59_999;
    expect(links.read('ABC234', token)).toEqual(parcel);
    now += 1;
    expect(links.read('ABC234', token)).toBeUndefined();
  });

  it('are nobody else’s to make', () => {
    now = 1000;
    const [text, signature] = links.make('ABC234', parcel).split('.');
    const forged = Buffer.from(JSON.stringify({ code: 'ABC234', until: 1e15, parcel })).toString('base64url');
    for (const token of [`${forged}.${signature}`, `${text}.${signature}x`, `${text}.`, '', 'x.y.z'])
      expect(links.read('ABC234', token)).toBeUndefined();
    const other = makeLinks(signedText('other', 'archive link'), () => now);
    expect(links.read('ABC234', other.make('ABC234', parcel))).toBeUndefined();
    // A seat's token is signed with another key.
    expect(links.read('ABC234', signedText('secret', 'seat token').sign(forged))).toBeUndefined();
  });
});
