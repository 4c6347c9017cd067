import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '../clock';
import { loginName, makeCode, parseCode, permissions, permit, roles, showCode } from '.';

describe('class codes', () => {
  it('are read back as they are shown, in any case', () => {
    const chance = seeded(7);
    for (let n = 0; n < 200; n++) {
      const code = makeCode(chance);
      expect(parseCode(showCode(code).toLowerCase())).toBe(code);
    }
  });

  it('refuse everything else with a sentence', () => {
    for (const text of ['', 'K7P', 'K7P4QXX', 'O0I1L5', '<script>'])
      expect(() => parseCode(text)).toThrow(/6 letters and digits/);
  });
});

describe('login names', () => {
  it.each([
    ['Ana María', 'anamaria'],
    ['李明', 'student'],
    ['  Bo-2 ', 'bo2'],
    ['9lives', 'student'],
  ])('%s → %s', (name, login) => {
    expect(loginName(name)).toBe(login);
  });

  it('are always usable as a user name', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => /^[a-z][a-z0-9]{0,15}$/.test(loginName(name))));
  });
});

describe('the table of rights', () => {
  it('is whole: for each message and role it says yes or no as written', () => {
    const said = Object.fromEntries(
      Object.keys(permissions).map((message) => [
        message,
        roles.filter((role) => permit(role, message as keyof typeof permissions)),
      ]),
    );
    expect(said).toMatchInlineSnapshot(`
      {
        "board:watch": [
          "host",
          "seat",
          "viewer",
        ],
        "class:end": [
          "host",
        ],
        "class:freeze": [
          "host",
        ],
        "class:list": [
          "host",
        ],
        "class:lock": [
          "host",
        ],
        "class:open": [
          "host",
        ],
        "class:watch": [
          "host",
          "seat",
          "viewer",
        ],
        "content:get": [
          "host",
          "seat",
          "viewer",
        ],
        "earlier:get": [
          "host",
          "seat",
          "viewer",
        ],
        "earlier:last": [
          "host",
          "seat",
          "viewer",
        ],
        "earlier:list": [
          "host",
          "seat",
          "viewer",
        ],
        "editor:close": [
          "host",
          "seat",
        ],
        "editor:draft": [
          "seat",
        ],
        "everyone:give": [
          "host",
        ],
        "everyone:run": [
          "host",
        ],
        "hand:lower": [
          "host",
          "seat",
        ],
        "hand:raise": [
          "seat",
        ],
        "image:build": [
          "host",
        ],
        "image:check": [
          "host",
        ],
        "image:publish": [
          "host",
        ],
        "image:stop": [
          "host",
        ],
        "link:make": [
          "host",
        ],
        "links:revoke": [
          "host",
        ],
        "look:ask": [
          "host",
        ],
        "look:end": [
          "host",
          "seat",
        ],
        "look:grant": [
          "seat",
        ],
        "machine:reset": [
          "host",
          "seat",
        ],
        "machine:undo": [
          "host",
          "seat",
        ],
        "machine:watch": [
          "host",
          "seat",
        ],
        "note:send": [
          "host",
          "seat",
        ],
        "page:link": [
          "host",
          "seat",
        ],
        "proof:report": [
          "host",
          "seat",
        ],
        "round:answer": [
          "seat",
        ],
        "round:close": [
          "host",
        ],
        "round:open": [
          "host",
        ],
        "round:reveal": [
          "host",
        ],
        "rules:set": [
          "host",
        ],
        "screen:watch": [
          "host",
          "seat",
          "viewer",
        ],
        "seat:look": [
          "stranger",
          "host",
          "seat",
          "viewer",
        ],
        "seat:remove": [
          "host",
        ],
        "seat:rename": [
          "host",
          "seat",
        ],
        "seat:take": [
          "stranger",
          "host",
          "seat",
          "viewer",
        ],
        "spotlight:move": [
          "host",
        ],
        "terminal:open": [
          "host",
          "seat",
        ],
        "terminal:resize": [
          "host",
          "seat",
        ],
        "terminal:type": [
          "host",
          "seat",
        ],
      }
    `);
  });
});
