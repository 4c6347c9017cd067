import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Inbox } from './inbox';

/** A stream of numbers whose state is all of them, and a reader's line that may lose, repeat and delay news. */
function reader(stream: readonly number[], snapshotBelow = 0) {
  let watches = 0;
  const inbox = new Inbox<readonly number[], readonly number[], number>({
    parse: (snapshot) => snapshot,
    evolve: (state, event) => {
      if (event < 0) throw new Error('this replica cannot take it');
      return [...(state ?? []), event];
    },
    async watch(cursor) {
      watches += 1;
      return cursor <= snapshotBelow
        ? { kind: 'snapshot', upTo: stream.length, state: stream.map(Math.abs) }
        : { kind: 'missed', upTo: stream.length, events: stream.slice(cursor) };
    },
  });
  return { inbox, watches: () => watches };
}

describe('the inbox', () => {
  it('holds the whole stream in the end, whatever news are lost, repeated or early', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(9), { minLength: 1, maxLength: 30 }),
        fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 20 }),
        fc.nat(10),
        async (stream, cuts, at) => {
          const { inbox } = reader(stream);
          const news = cuts.map(
            ([a, b]) => [Math.min(a, b, stream.length), Math.min(Math.max(a, b), stream.length)] as const,
          );
          const all = [];
          for (const [i, [from, upTo]] of news.entries()) {
            if (i === at) all.push(inbox.watch());
            all.push(inbox.hear({ from, upTo, events: stream.slice(from, upTo) }));
          }
          all.push(inbox.watch());
          await Promise.all(all);
          expect(inbox.replica.get()).toEqual(stream);
          expect(inbox.cursor).toBe(stream.length);
        },
      ),
    );
  });

  it('asks again only for a gap', async () => {
    const stream = [1, 2, 3, 4];
    const { inbox, watches } = reader(stream);
    await inbox.watch();
    await inbox.hear({ from: 2, upTo: 4, events: [3, 4] });
    await inbox.hear({ from: 4, upTo: 4, events: [] });
    expect(watches()).toBe(1);
    await inbox.hear({ from: 9, upTo: 10, events: [10] });
    expect(watches()).toBe(2);
  });

  it('throws a replica away that cannot take an event, and asks for it whole', async () => {
    const { inbox } = reader([5, 6]);
    await inbox.watch();
    await inbox.hear({ from: 2, upTo: 3, events: [-1] });
    expect(inbox.replica.get()).toEqual([5, 6]);
  });

  it('waits for what an event needs before it is applied', async () => {
    const order: string[] = [];
    const inbox = new Inbox<number, number, string>({
      prepare: async ({ events }) => {
        await new Promise((resolve) => setTimeout(resolve));
        order.push(`prepared ${events.join()}`);
      },
      parse: (snapshot) => snapshot,
      evolve: (state, event) => {
        order.push(event);
        return (state ?? 0) + 1;
      },
      watch: async () => ({ kind: 'missed', upTo: 0, events: [] }),
    });
    await inbox.watch();
    await Promise.all([
      inbox.hear({ from: 0, upTo: 1, events: ['a'] }),
      inbox.hear({ from: 1, upTo: 2, events: ['b'] }),
    ]);
    expect(order).toEqual(['prepared ', 'prepared a', 'a', 'prepared b', 'b']);
  });
});
