import fc from 'fast-check';
import { encode } from 'next-auth/jwt';
import { describe, expect, it } from 'vitest';
import { mayHost } from './options';
import { passphraseGate } from './passphrase';

import { ownOrigin, parseCookies, signedIn } from './session';
import { makeTokens } from './tokens';

describe('seat tokens', () => {
  const tokens = makeTokens('secret');
  const token = tokens.seat({ classId: 'abc', seat: 's1' });

  it('come back as they were made', () => {
    expect(tokens.read(token)).toEqual({ classId: 'abc', seat: 's1' });
    const link = { classId: 'abc', kind: 'view', links: 2 } as const;
    expect(tokens.read(tokens.link(link))).toEqual(link);
    expect(tokens.read(tokens.link(link).replace('view', 'host'))).toBeUndefined();
    expect(makeTokens('secret').read(token)).toEqual({ classId: 'abc', seat: 's1' });
  });

  it('are refused when anything about them was changed', () => {
    expect(makeTokens('other').read(token)).toBeUndefined();
    expect(tokens.read(token.replace('s1', 's2'))).toBeUndefined();
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.string({ minLength: 1, maxLength: 2 }), (at, text) => {
        const changed = token.slice(0, at) + text + token.slice(at + 1);
        fc.pre(changed !== token);
        expect(tokens.read(changed)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.string(), (text) => tokens.read(text) === undefined));
  });
});

describe('the passphrase', () => {
  it('lets nobody guess for long, and forgets after a while', () => {
    let now = 0;
    const judge = passphraseGate('right', { mostFromOne: 3, mostFromAll: 5, forgetMs: 1000, now: () => now });
    expect(['a', 'b', ' right '].map((text) => judge(text, 'x'))).toEqual(['wrong', 'wrong', 'right']);
    expect(judge('c', 'x')).toBe('wrong');
    expect(judge('right', 'x')).toBe('too-many');
    expect(judge('right', 'y')).toBe('right');
    expect(['d', 'e'].map((text) => judge(text, 'y'))).toEqual(['wrong', 'wrong']);
    expect(judge('right', 'z')).toBe('too-many');
    now = 1000;
    expect(judge('right', 'x')).toBe('right');
  });
});

describe('sessions', () => {
  it('are read from either cookie, and from no forged one', async () => {
    const sign = (secret: string) => encode({ token: { sub: 'github:7', name: 'Ada' }, secret });
    const cookie = async (name: string, secret: string) => ({ cookie: `a=b; ${name}=${await sign(secret)}` });
    expect(await signedIn(await cookie('next-auth.session-token', 's'), 's')).toEqual({ id: 'github:7', name: 'Ada' });
    expect(await signedIn(await cookie('__Secure-next-auth.session-token', 's'), 's')).toMatchObject({
      id: 'github:7',
    });
    expect(await signedIn(await cookie('next-auth.session-token', 'forged'), 's')).toBeUndefined();
    expect(await signedIn({}, 's')).toBeUndefined();
    expect(await signedIn({ authorization: `Bearer ${await sign('s')}` }, 's')).toBeUndefined();
  });

  it('reads cookies as browsers write them', () => {
    expect({ ...parseCookies('a=1; b=x%20y; c; d=%; a=2; e="="') }).toEqual({ a: '1', b: 'x y', d: '%', e: '"="' });
  });

  it('serves sockets of its own pages only', () => {
    expect(ownOrigin({ host: 'class.local:3000' })).toBe(true);
    expect(ownOrigin({ host: 'class.local:3000', origin: 'http://class.local:3000' })).toBe(true);
    expect(ownOrigin({ host: 'localhost:3000', 'x-forwarded-host': 'd.org', origin: 'https://d.org' })).toBe(true);
    expect(ownOrigin({ host: 'class.local:3000', origin: 'http://class.local:4000' })).toBe(false);
    expect(ownOrigin({ host: 'class.local:3000', origin: 'null' })).toBe(false);
  });
});

describe('who may host', () => {
  it('is everybody without a list, else whom the list names', () => {
    expect(mayHost([], undefined, {})).toBe(true);
    expect(mayHost(['a@b.c', '@d.e'], 'A@B.c', {})).toBe(true);
    expect(mayHost(['@d.e'], 'x@d.e', {})).toBe(true);
    expect(mayHost(['@d.e'], 'x@d.e.evil', {})).toBe(false);
    expect(mayHost(['@d.e'], 'x@d.e', { email_verified: false })).toBe(false);
    expect(mayHost(['@d.e'], undefined, {})).toBe(false);
  });
});
