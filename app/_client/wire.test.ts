import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { inWords, refused } from '../../lib/errors';
import { mostContextBytes, protocolVersion, type RequestType, requests } from '../../lib/protocol';
import { refusalWords } from '../../lib/words';
import { mostContext } from '../_features/image/state';
import { notAgain, ownRefusal, version, Wire } from './wire';

it('speaks the server’s version, and knows its bounds', () => {
  expect(version).toBe(protocolVersion);
  expect(mostContext).toBe(mostContextBytes);
});

it('sends everything that does something with a key', () => {
  for (const [type, { shape }] of Object.entries(requests))
    if (notAgain.has(type as RequestType)) expect(Object.keys(shape), type).not.toContain('key');
});

/** A line on which each request is answered by the next of `answers`: `cut` for none. */
const line = vi.hoisted(() => ({ answers: [] as unknown[], sent: [] as { type: string; body: { key?: string } }[] }));
vi.mock('socket.io-client', () => ({
  io: () => ({
    on() {},
    timeout: () => ({
      async emitWithAck(type: string, body: { key?: string }) {
        line.sent.push({ type, body });
        const answer = line.answers.shift();
        if (answer === 'cut') throw new Error('socket has been disconnected');
        return answer;
      },
    }),
  }),
}));

describe('a request whose answer is lost', () => {
  beforeAll(() => void vi.useFakeTimers());
  afterAll(() => void vi.useRealTimers());
  beforeEach(() => void (line.sent.length = 0));
  const keys = () => line.sent.map(({ body }) => body.key);

  it('goes out again with the same key, by itself', async () => {
    line.answers = ['cut', 'cut', { ok: true }];
    expect(await new Wire().ask('hand:raise', { code: 'K7P4QX' })).toEqual({ ok: true });
    expect(keys()).toEqual([keys()[0], keys()[0], keys()[0]]);
    expect(keys()[0]).toMatch(/^[0-9a-f]{16}$/);
  });

  it('is the same request when somebody asks it again, until it is known what came of it', async () => {
    const wire = new Wire();
    const refused = { ok: false, code: 'unavailable', message: '' };
    line.answers = [refused, refused, { ok: true }, { ok: true }];
    const note = (text: string) => wire.ask('note:send', { code: 'K7P4QX', to: 'host', text });
    await note('help');
    await note('more help');
    await note('help');
    await note('help');
    const [first, other, again, anew] = keys();
    expect(again).toBe(first);
    expect(new Set([first, other, anew]).size).toBe(3);
  });

  it('has the key that the page gives it, where it gives one', async () => {
    line.answers = [{ ok: true }];
    await new Wire().ask('seat:take', { code: 'K7P4QX', name: 'Ana', key: 'abcdefabcdefabcdef' });
    expect(keys()).toEqual(['abcdefabcdefabcdef']);
  });

  it('and what follows a stream, or types, is left to those who do', async () => {
    line.answers = ['cut'];
    expect(await new Wire().ask('class:watch', { code: 'K7P4QX', cursor: 3 })).toMatchObject({ code: 'unavailable' });
    expect(line.sent).toEqual([{ type: 'class:watch', body: { code: 'K7P4QX', cursor: 3 } }]);
  });
});

it('hands on refusals in the reader’s language, its own too, and nothing else changed', () => {
  const wire = new Wire();
  wire.inWords = (refusal) => inWords(refusalWords.es, refusal);
  const { code, message, detail } = refused('class.full', { most: 30 });
  expect(wire.worded({ ok: false, code, message, detail })).toEqual({
    ok: false,
    code,
    message: 'La clase está llena: tiene sitio para 30. Pregunta a tu docente.',
    detail,
  });
  expect(wire.worded(ownRefusal('server.silent')).message).toBe(refusalWords.es['server.silent']);
  expect(wire.worded({ ok: true, title: 'class.full' })).toEqual({ ok: true, title: 'class.full' });
});
