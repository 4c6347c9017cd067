import { describe, expect, it } from 'vitest';
import { type Keep, Outbox, type Typed } from './outbox';

const unavailable = { ok: false, code: 'unavailable', message: '' } as const;
const nextTurn = () => new Promise<void>((resolve) => setTimeout(resolve));

/** A server that takes each number of a client once, over a line that loses questions and answers. */
function server(lossOf: (attempt: number) => 'none' | 'question' | 'answer') {
  const taken = new Map<string, number>();
  const typed: string[] = [];
  let attempts = 0;
  return {
    typed,
    async send(client: string, { seq, data }: Typed) {
      const loss = lossOf(attempts++);
      await nextTurn();
      if (loss === 'question') return unavailable;
      if (seq > (taken.get(client) ?? 0)) {
        taken.set(client, seq);
        typed.push(data);
      }
      return loss === 'answer' ? unavailable : ({ ok: true } as const);
    },
  };
}

function memory(): Keep & { kept?: string } {
  const keep: Keep & { kept?: string } = {
    load: () => (keep.kept ? JSON.parse(keep.kept) : undefined),
    save: (kept) => {
      keep.kept = JSON.stringify(kept);
    },
  };
  return keep;
}

async function settle(outbox: Outbox) {
  for (let i = 0; i < 200 && outbox.waiting.get() > 0; i++) await nextTurn();
}

describe('the outbox', () => {
  it('delivers everything once and in order, whatever the line loses', async () => {
    for (const [i, loss] of (['none', 'question', 'answer'] as const).entries()) {
      const far = server((attempt) => (attempt % (i + 2) === 1 ? loss : 'none'));
      const outbox = new Outbox('client01', far.send, undefined, nextTurn);
      for (const key of 'docker run -it motd sh\r') {
        outbox.type('main', key);
        if (key === ' ') await nextTurn();
      }
      await settle(outbox);
      expect(far.typed.join('')).toBe('docker run -it motd sh\r');
      expect(outbox.waiting.get()).toBe(0);
    }
  });

  it('never adds to a piece that was sent already', async () => {
    const sent: string[] = [];
    let release = () => {};
    const outbox = new Outbox('client01', async (_, { seq, data }) => {
      sent.push(`${seq}:${data}`);
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return { ok: true };
    });
    outbox.type('main', 'a');
    outbox.type('main', 'b');
    outbox.type('main', 'c');
    release();
    await nextTurn();
    release();
    await nextTurn();
    expect(sent).toEqual(['1:a', '2:bc']);
  });

  it('sends what a reload left behind first, under the name that it had', async () => {
    const keep = memory();
    const before = new Outbox('before01', async () => new Promise(() => {}), keep);
    before.type('main', 'echo ');
    before.type('main', 'ana');
    const heard: string[] = [];
    const after = new Outbox(
      'after001',
      async (client, { seq, data }) => {
        heard.push(`${client} ${seq} ${data}`);
        return { ok: true };
      },
      keep,
    );
    after.type('main', '\r');
    await settle(after);
    expect(heard).toEqual(['before01 1 echo ', 'before01 2 ana', 'after001 1 \r']);
  });

  it('gives up on a refusal, says it, and goes on', async () => {
    const said: string[] = [];
    const outbox = new Outbox(
      'client01',
      async (_, { data }) => (data === 'x' ? { ok: false, code: 'forbidden', message: 'no' } : { ok: true }),
      undefined,
      nextTurn,
      (message) => said.push(message),
    );
    outbox.type('main', 'x');
    await settle(outbox);
    outbox.type('main', 'y');
    await settle(outbox);
    expect(said).toEqual(['no']);
    expect(outbox.waiting.get()).toBe(0);
  });

  it('cuts a large paste into pieces that the server takes', async () => {
    const far = server(() => 'none');
    const outbox = new Outbox('client01', far.send);
    outbox.type('main', 'x'.repeat(150_000));
    await settle(outbox);
    expect(far.typed.map((piece) => piece.length)).toEqual([60_000, 60_000, 30_000]);
  });
});
