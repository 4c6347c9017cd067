import { expect, it } from 'vitest';
import { startServer } from '../support/start-server';
import { fuzzProtocol } from './protocol';

/** The short form of `npm run fuzz -- protocol`: a whole server in a process of its own. */
it('answers five thousand bad messages with known refusals, and nothing comes of them', async () => {
  const server = await startServer();
  try {
    const report = await fuzzProtocol({ url: server.url, secret: server.secret, messages: 5000, seed: 1 });
    expect(report).toMatchObject({ messages: 5000, effects: [], unknown: [], unanswered: 0 });
    expect(report.answers.internal, server.output()).toBeUndefined();
    expect(server.output()).not.toMatch(/thread with|did not end/);
    // They came as far as to be judged, each in its own way.
    for (const code of ['ok', 'invalid', 'forbidden', 'conflict'])
      expect(report.answers[code], code).toBeGreaterThan(3);
  } finally {
    await server.stop();
  }
});
