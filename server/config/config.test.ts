import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from './config';

const top = mkdtempSync(join(tmpdir(), 'dockerland-config-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));
const folder = () => mkdtempSync(join(top, 'a-'));

describe('configuration', () => {
  it('makes its secrets once, for this user alone', () => {
    const at = folder();
    const first = readConfig({}, at);
    expect(first.passphrase).toMatchObject({
      isNew: true,
      text: expect.stringMatching(/^([a-z2-9]{4}-){2}[a-z2-9]{4}$/),
    });
    for (const file of ['secret', 'host-passphrase']) expect(statSync(join(at, 'data', file)).mode & 0o777).toBe(0o600);
    const second = readConfig({}, at);
    expect(second.passphrase).toMatchObject({ isNew: false, text: first.passphrase.text });
    expect(second.secret).toBe(first.secret);
    expect(readConfig({}, folder()).secret).not.toBe(first.secret);
  });

  it('takes what the environment says', () => {
    const env = {
      PORT: '0',
      DATA_DIR: 'here',
      HOST_PASSPHRASE: ' open ',
      NEXTAUTH_SECRET: 's',
      MOST_SEATS: '7',
      HOST_EMAILS: 'A@b.c, @d.e',
    };
    const at = folder();
    expect(readConfig(env, at)).toMatchObject({
      port: 0,
      dataDir: join(at, 'here'),
      passphrase: { text: 'open', isNew: false },
      secret: 's',
      mostSeats: 7,
      hostEmails: ['a@b.c', '@d.e'],
      screens: 'built',
      providers: [],
    });
  });

  it.each([
    { PORT: 'x' },
    { PORT: '70000' },
    { MOST_SEATS: '0' },
    { GITHUB_ID: 'x' },
    { OIDC_ID: 'x', OIDC_SECRET: 'y' },
  ])('refuses %o with a sentence', (env) => expect(() => readConfig(env, folder())).toThrow(/\.$/));

  it('offers a provider when its id and secret are there', () => {
    const env = {
      GITHUB_ID: 'i',
      GITHUB_SECRET: 's',
      OIDC_ID: 'o',
      OIDC_SECRET: 'p',
      OIDC_ISSUER: 'https://id.school.org/',
    };
    expect(readConfig(env, folder()).providers).toEqual([
      { kind: 'github', clientId: 'i', clientSecret: 's' },
      { kind: 'oidc', clientId: 'o', clientSecret: 'p', issuer: 'https://id.school.org', name: 'Single sign-on' },
    ]);
  });
});
