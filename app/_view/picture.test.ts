import { describe, expect, it } from 'vitest';
import { pictureType } from './picture';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a picture', () => {
  it('is known by its bytes, not by its name', () => {
    expect(pictureType('/a.txt', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a))).toBe('image/png');
    expect(pictureType('/a', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).toBe('image/jpeg');
    expect(pictureType('/a', bytes('GIF89a'))).toBe('image/gif');
    expect(pictureType('/a.png', bytes('<script>alert(1)</script>'))).toBeUndefined();
  });

  it('is an SVG only when it is called so and is one', () => {
    expect(pictureType('/a.svg', bytes('<?xml version="1.0"?><svg xmlns="x"/>'))).toBe('image/svg+xml');
    expect(pictureType('/a.html', bytes('<svg/>'))).toBeUndefined();
    expect(pictureType('/a.svg', bytes('<html></html>'))).toBeUndefined();
  });
});
