import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '../clock';
import { Failure } from '../errors';
import { type ClassCommand, type ClassEvent, type ClassState, decide, evolveClass } from '.';

const circumstances = { now: 1000, chance: seeded(1), mostSeats: 3 };
const host = { id: 'passphrase', name: 'Ms Rivera' };

function play(commands: readonly ClassCommand[], most = 3) {
  let state: ClassState | undefined;
  const stream: ClassEvent[] = [];
  for (const command of commands) {
    const events = decide(state, command, { ...circumstances, mostSeats: most });
    for (const event of events) state = evolveClass(state, event);
    stream.push(...events);
  }
  return { state: state!, stream };
}

const open: ClassCommand = { type: 'class:open', id: 'c1', code: 'K7P4QX', title: ' An image  never changes ', host };
const take = (name: string): ClassCommand => ({ type: 'seat:take', name });

function refusal(run: () => unknown): Failure {
  try {
    run();
  } catch (error) {
    if (error instanceof Failure) return error;
  }
  throw new Error('was not refused');
}

describe('a class', () => {
  it('opens with a tidy title and takes seats in order', () => {
    const { state } = play([open, take('Ana'), take('李明')]);
    expect(state.title).toBe('An image never changes');
    expect(state.seats.map((seat) => seat.name)).toEqual(['Ana', '李明']);
    expect(new Set(state.seats.map((seat) => seat.colour)).size).toBe(2);
  });

  it('offers another name when one is taken, whatever the case', () => {
    const { state } = play([open, take('Ana')]);
    const failure = refusal(() => decide(state, take('aNA '), circumstances));
    expect(failure.code).toBe('conflict');
    expect(failure.detail).toEqual({ reason: 'name.taken', field: 'name', name: 'aNA', offer: 'aNA 2' });
  });

  it('gives the same seat to who asks again with the same key, under the name that they want now', () => {
    const again = (name: string): ClassCommand => ({ type: 'seat:take', name, seat: 'made-of-the-key' });
    const { state, stream } = play([open, again('Ana'), { type: 'class:lock', locked: true }, again('Ana')]);
    expect(stream.filter(({ type }) => type.startsWith('seat:'))).toHaveLength(1);
    expect(decide(state, again('Anna'), circumstances)).toEqual([
      { type: 'seat:renamed', seat: 'made-of-the-key', name: 'Anna', at: 1000 },
    ]);
    const gone = play([open, again('Ana'), { type: 'seat:remove', seat: 'made-of-the-key' }]).state;
    expect(refusal(() => decide(gone, again('Ana'), circumstances))).toMatchObject({
      code: 'not-found',
      detail: { seat: 'made-of-the-key' },
    });
  });

  it('gives the name of a removed seat to the next who asks', () => {
    const { state } = play([open, take('Ana')]);
    const removed = decide(state, { type: 'seat:remove', seat: state.seats[0]!.id }, circumstances).reduce<
      ClassState | undefined
    >(evolveClass, state)!;
    expect(decide(removed, take('Ana'), circumstances)).toHaveLength(1);
  });

  it('says when it is full, locked, ended or unknown', () => {
    const full = play([open, take('A'), take('B'), take('C')]).state;
    expect(refusal(() => decide(full, take('D'), circumstances)).code).toBe('exhausted');
    const locked = play([open, { type: 'class:lock', locked: true }]).state;
    expect(refusal(() => decide(locked, take('D'), circumstances)).detail).toEqual({ reason: 'class.locked' });
    const ended = play([open, { type: 'class:end' }]).state;
    expect(refusal(() => decide(ended, take('D'), circumstances)).detail.reason).toBe('class.ended');
    expect(refusal(() => decide(undefined, take('D'), circumstances)).code).toBe('not-found');
  });

  it('refuses names of nothing and names that are too long, and never shows direction marks', () => {
    const { state } = play([open]);
    for (const name of ['', '   ', '\u202e', 'x'.repeat(41)])
      expect(refusal(() => decide(state, take(name), circumstances)).code).toBe('invalid');
    const [event] = decide(state, take('a\u202eb\u0000c'), circumstances);
    expect(event).toMatchObject({ type: 'seat:taken', name: 'abc' });
  });

  it('keeps one proof for each viewer, and says nothing twice', () => {
    const proof = {
      type: 'proof:report',
      viewer: 'host',
      manifestDigest: 'sha256:1',
      verified: 3,
      total: 3,
      ms: 9,
    } as const;
    const { state, stream } = play([open, proof, { ...proof, ms: 12 }]);
    expect(stream.filter((event) => event.type === 'proof:reported')).toHaveLength(1);
    expect(state.proofs.host).toMatchObject({ verified: 3, total: 3, ms: 9 });
  });

  it('never has two present seats of one name, whoever comes and goes', () => {
    const names = fc.constantFrom('Ana', 'ana', 'Bo', 'Bo 2', '李', ' ana ', '');
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            names.map(take),
            fc.nat(5).map((n) => n),
          ),
        ),
        (steps) => {
          let state = evolveClass(undefined, decide(undefined, open, circumstances)[0]!);
          for (const step of steps) {
            const command: ClassCommand =
              typeof step === 'number' ? { type: 'seat:remove', seat: state.seats[step]?.id ?? 'none' } : step;
            try {
              for (const event of decide(state, command, { ...circumstances, mostSeats: 50 }))
                state = evolveClass(state, event);
            } catch (error) {
              if (!(error instanceof Failure)) throw error;
            }
          }
          const present = state.seats.filter((seat) => !seat.removed).map((seat) => seat.name.toLowerCase());
          expect(new Set(present).size).toBe(present.length);
        },
      ),
    );
  });
});
