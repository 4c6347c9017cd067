import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Announcer, type News } from './announcer';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function listen() {
  const sent: { key: string; news: News<string>; at: number }[] = [];
  const announcer = new Announcer<string>((key, news) => sent.push({ key, news, at: Date.now() }), {
    now: Date.now,
    waits: (event) => event === 'can wait',
  });
  return { sent, announcer };
}

describe('announcements in frames', () => {
  it('sends the first at once and what follows within a frame together', () => {
    const { sent, announcer } = listen();
    announcer.push('a', { from: 0, upTo: 1, events: ['x'] });
    expect(sent.map(({ news }) => news)).toEqual([{ from: 0, upTo: 1, events: ['x'] }]);
    announcer.push('a', { from: 1, upTo: 2, events: ['y'] });
    announcer.push('a', { from: 2, upTo: 4, events: ['z', 'z'] });
    expect(sent).toHaveLength(1);
    vi.advanceTimersByTime(40);
    expect(sent[1]?.news).toEqual({ from: 1, upTo: 4, events: ['y', 'z', 'z'] });
    expect(sent).toHaveLength(2);
  });

  it('lets news without events wait for company, for a second', () => {
    const { sent, announcer } = listen();
    announcer.push('a', { from: 0, upTo: 1, events: [] });
    vi.advanceTimersByTime(500);
    expect(sent).toEqual([]);
    announcer.push('a', { from: 1, upTo: 2, events: ['x'] });
    expect(sent[0]?.news).toEqual({ from: 0, upTo: 2, events: ['x'] });
    announcer.push('a', { from: 2, upTo: 3, events: [] });
    vi.advanceTimersByTime(1100);
    expect(sent[1]?.news).toEqual({ from: 2, upTo: 3, events: [] });
  });

  it('lets events that can wait do so, until one comes that cannot', () => {
    const { sent, announcer } = listen();
    announcer.push('a', { from: 0, upTo: 1, events: ['can wait'] });
    vi.advanceTimersByTime(900);
    expect(announcer.keepsBack('a')).toBe(true);
    expect(sent).toEqual([]);
    announcer.push('a', { from: 1, upTo: 2, events: ['can wait'] });
    vi.advanceTimersByTime(120);
    expect(sent[0]?.news).toEqual({ from: 0, upTo: 2, events: ['can wait', 'can wait'] });
    announcer.push('a', { from: 2, upTo: 3, events: ['can wait'] });
    vi.advanceTimersByTime(20);
    announcer.push('a', { from: 3, upTo: 4, events: ['x'] });
    expect(sent[1]?.news).toEqual({ from: 2, upTo: 4, events: ['can wait', 'x'] });
    expect(announcer.keepsBack('a')).toBe(false);
  });

  it('does not paper over what another node wrote in between', () => {
    const { sent, announcer } = listen();
    announcer.push('a', { from: 0, upTo: 1, events: ['a'] });
    announcer.push('a', { from: 1, upTo: 2, events: ['b'] });
    announcer.push('a', { from: 5, upTo: 6, events: ['f'] });
    vi.advanceTimersByTime(40);
    expect(sent.map(({ news }) => [news.from, news.upTo])).toEqual([
      [0, 1],
      [1, 2],
      [5, 6],
    ]);
  });

  it('never has a gap, loses nothing and sends at most one piece a frame, whatever happens', () => {
    const step = fc.record({
      key: fc.constantFrom('a', 'b'),
      count: fc.nat(3),
      hidden: fc.boolean(),
      wait: fc.nat(30),
      flush: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { sent, announcer } = listen();
        const version: Record<string, number> = { a: 0, b: 0 };
        const wanted: Record<string, string[]> = { a: [], b: [] };
        const flushed = new Set<number>();
        for (const { key, count, hidden, wait, flush } of steps) {
          const from = version[key]!;
          const events = hidden ? [] : Array.from({ length: count }, (_, n) => `${key}${from + n}`);
          if (count) announcer.push(key, { from, upTo: (version[key] = from + count), events });
          if (count) wanted[key]!.push(...events);
          if (flush) announcer.flush(key);
          if (flush) flushed.add(sent.length - 1);
          vi.advanceTimersByTime(wait);
        }
        vi.advanceTimersByTime(3000);
        for (const key of ['a', 'b']) {
          const own = sent.filter((one) => one.key === key);
          expect(own.flatMap(({ news }) => news.events)).toEqual(wanted[key]);
          expect(own.map(({ news }) => news.from)).toEqual(
            [0, ...own.map(({ news }) => news.upTo)].slice(0, own.length),
          );
          expect(own.at(-1)?.news.upTo ?? 0).toBe(version[key]);
          own.forEach(({ at, news }, index) => {
            if (index && news.events.length && !flushed.has(sent.indexOf(own[index]!)))
              expect(at - own[index - 1]!.at).toBeGreaterThanOrEqual(16);
          });
        }
      }),
    );
  });
});
