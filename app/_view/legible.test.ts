import { expect, it } from 'vitest';
import { legible } from './legible';

it('writes out what would make one name look like another', () => {
  expect(legible('/srv/\u202eevil')).toBe('/srv/\\u202eevil');
  expect(legible('a\nb\u200bc')).toBe('a\\u000ab\\u200bc');
  for (const plain of ['/etc/motd', '/srv/<img src=x>', '/año/ملف/文件/👩‍💻']) expect(legible(plain)).toBe(plain);
});
