import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '../clock';
import { Failure } from '../errors';
import {
  type ClassCommand,
  type ClassEvent,
  type ClassState,
  decide,
  eventsFor,
  evolveClass,
  stateFor,
  type Viewer,
} from '.';

const circumstances = { now: 1000, chance: seeded(3), mostSeats: 10 };
const host = { id: 'h', name: 'Ms Rivera' };

/** A class with two students, and what was decided on the way. */
class Room {
  readonly stream: ClassEvent[] = [];
  state: ClassState | undefined;

  constructor() {
    this.ask({ type: 'class:open', id: 'c', code: 'K7P4QX', title: 'T', host });
    this.ask({ type: 'seat:take', name: 'Ana' });
    this.ask({ type: 'seat:take', name: 'Bo' });
  }

  get seats(): readonly [string, string] {
    return [this.state!.seats[0]!.id, this.state!.seats[1]!.id];
  }

  /** Answers the refusal's code, or undefined when it was done. */
  ask(command: ClassCommand): string | undefined {
    try {
      const events = decide(this.state, command, circumstances);
      for (const event of events) this.state = evolveClass(this.state, event);
      this.stream.push(...events);
      return undefined;
    } catch (error) {
      if (error instanceof Failure) return error.code;
      throw error;
    }
  }
}

describe('teaching tools', () => {
  it('keep a queue of hands, each once, and lower those of people who leave', () => {
    const room = new Room();
    const [ana, bo] = room.seats;
    for (const seat of [bo, ana, bo]) room.ask({ type: 'hand:raise', seat });
    expect(room.state!.hands.map((hand) => hand.seat)).toEqual([bo, ana]);
    room.ask({ type: 'seat:remove', seat: bo });
    expect(room.state!.hands.map((hand) => hand.seat)).toEqual([ana]);
    expect(room.ask({ type: 'hand:raise', seat: 'nobody' })).toBe('not-found');
  });

  it('look over a shoulder only after the student agreed', () => {
    const room = new Room();
    const [ana] = room.seats;
    expect(room.ask({ type: 'look:grant', seat: ana, typing: true })).toBe('conflict');
    room.ask({ type: 'look:ask', seat: ana, by: 'h' });
    expect(room.state!.looks[ana]).toMatchObject({ state: 'asked', by: 'h' });
    room.ask({ type: 'look:grant', seat: ana, typing: false });
    expect(room.state!.looks[ana]).toMatchObject({ state: 'watching' });
    room.ask({ type: 'look:end', seat: ana });
    expect(room.state!.looks[ana]).toBeUndefined();
  });

  it('lock a prediction, and show answers to all at the reveal', () => {
    const room = new Room();
    const [ana, bo] = room.seats;
    const answer = { option: 'no', sure: 'fairly' } as const;
    expect(room.ask({ type: 'round:answer', seat: ana, answer })).toBe('conflict');
    room.ask({ type: 'round:open', lesson: 'l', step: 's' });
    room.ask({ type: 'round:answer', seat: ana, answer });
    expect(room.ask({ type: 'round:answer', seat: ana, answer: { option: 'yes', sure: 'guess' } })).toBe('conflict');
    expect(stateFor(room.state!, { role: 'seat', seat: bo }).round).toMatchObject({ answers: {}, answered: 1 });
    room.ask({ type: 'round:reveal' });
    expect(stateFor(room.state!, { role: 'seat', seat: bo }).round?.answers).toEqual({ [ana]: answer });
    expect(room.ask({ type: 'round:answer', seat: bo, answer })).toBe('conflict');
    expect(room.ask({ type: 'round:answer', seat: ana, answer: { option: 'yes', sure: 'guess' } })).toBe('conflict');
  });

  it('remember the latest rounds that somebody answered, for hosts alone', () => {
    const room = new Room();
    const [ana] = room.seats;
    const ask = (step: string) => {
      room.ask({ type: 'round:open', lesson: 'l', step });
      room.ask({ type: 'round:answer', seat: ana, answer: { option: step, sure: 'guess' } });
    };
    for (let n = 0; n < 14; n++) ask(`s${n}`);
    room.ask({ type: 'round:close' });
    room.ask({ type: 'round:open', lesson: 'l', step: 'nobody' });
    room.ask({ type: 'round:close' });
    expect(room.state!.past!.map(({ step }) => step)).toEqual(Array.from({ length: 12 }, (_, n) => `s${n + 2}`));
    expect(room.state!.past![0]).toMatchObject({ answers: { [ana]: { option: 's2' } }, answered: 1, closedAt: 1000 });
    expect(stateFor(room.state!, { role: 'host' }).past).toHaveLength(12);
    for (const viewer of [{ role: 'seat', seat: ana }, { role: 'viewer' }] as const)
      expect(stateFor(room.state!, viewer).past).toBeUndefined();
  });

  it('remember a round over which, in streams of before, another was opened', () => {
    const room = new Room();
    const answer = { option: 'no', sure: 'fairly' } as const;
    const old: ClassEvent[] = [
      { type: 'round:opened', lesson: 'l', step: 's', at: 1 },
      { type: 'round:answered', seat: room.seats[0], answer, at: 2 },
      { type: 'round:opened', lesson: 'l', step: 't', at: 3 },
    ];
    const state = old.reduce<ClassState | undefined>(evolveClass, room.state);
    expect(state).toMatchObject({ past: [{ step: 's', closedAt: 3 }], round: { step: 't', answered: 0 } });
  });

  it('do once what is asked twice', () => {
    const room = new Room();
    const [ana] = room.seats;
    const image = { reference: 'motd:1.0', imageId: 'sha256:1', manifestDigest: 'sha256:2', layers: [], settings: [] };
    const answer = { option: 'no', sure: 'fairly' } as const;
    const asked: ClassCommand[] = [
      { type: 'note:send', id: 'n1', from: ana, to: 'host', text: 'help' },
      { type: 'image:publish', image: image as never },
      { type: 'look:ask', seat: ana, by: 'h' },
      { type: 'look:grant', seat: ana, typing: true },
      { type: 'look:ask', seat: ana, by: 'h' },
      { type: 'round:open', lesson: 'l', step: 's' },
      { type: 'round:answer', seat: ana, answer },
      { type: 'round:open', lesson: 'l', step: 's' },
      { type: 'round:answer', seat: ana, answer },
      { type: 'round:reveal' },
      { type: 'round:answer', seat: ana, answer },
      { type: 'class:end' },
    ];
    for (const command of asked.flatMap((one): ClassCommand[] => (one.type === 'look:grant' ? [one] : [one, one])))
      expect(room.ask(command), command.type).toBeUndefined();
    const told = room.stream.slice(3).map(({ type }) => type);
    expect(told.toSorted()).toEqual([...new Set(told)].toSorted());
    expect(room.state).toMatchObject({ round: { answered: 1 }, notes: [{ id: 'n1' }] });
  });

  it('give notes to whom they are for', () => {
    const room = new Room();
    const [ana, bo] = room.seats;
    room.ask({ type: 'note:send', from: 'host', to: ana, text: ' well done\u202e ' });
    room.ask({ type: 'note:send', from: 'host', to: 'all', text: 'five minutes' });
    const read = (viewer: Viewer) => stateFor(room.state!, viewer).notes.map((note) => note.text);
    expect(read({ role: 'seat', seat: ana })).toEqual(['well done', 'five minutes']);
    expect(read({ role: 'seat', seat: bo })).toEqual(['five minutes']);
    expect(read({ role: 'viewer' })).toEqual(['five minutes']);
    expect(room.ask({ type: 'note:send', from: ana, to: 'host', text: '  ' })).toBe('invalid');
  });
});

describe('what a viewer may see', () => {
  const commands = (seats: readonly [string, string]) =>
    fc.constantFrom<ClassCommand>(
      { type: 'hand:raise', seat: seats[0] },
      { type: 'hand:lower', seat: seats[0] },
      { type: 'note:send', from: 'host', to: seats[0], text: 'a' },
      { type: 'note:send', from: seats[1], to: 'host', text: 'b' },
      { type: 'note:send', from: 'host', to: 'all', text: 'c' },
      { type: 'round:open', lesson: 'l', step: 's' },
      { type: 'round:open', lesson: 'l', step: 't' },
      { type: 'round:answer', seat: seats[0], answer: { option: 'x', sure: 'guess' } },
      { type: 'round:answer', seat: seats[1], answer: { option: 'y', sure: 'certain' } },
      { type: 'round:reveal' },
      { type: 'round:close' },
      { type: 'class:freeze', frozen: true },
      { type: 'spotlight:move', spotlight: { kind: 'board' } },
      { type: 'spotlight:move', spotlight: { kind: 'seat', seat: seats[1] } },
      { type: 'seat:take', name: 'Cy' },
      { type: 'seat:rename', seat: seats[1], name: 'Bea' },
      { type: 'seat:rename', seat: seats[0], name: 'Anna' },
      { type: 'seat:remove', seat: seats[1] },
      { type: 'look:ask', seat: seats[0], by: 'h' },
      { type: 'look:grant', seat: seats[0], typing: false },
      { type: 'look:end', seat: seats[0] },
      { type: 'proof:report', viewer: seats[1], manifestDigest: 'sha256:a', verified: 2, total: 2, ms: 9 },
    );

  it('is the same whether it hears the events or is given the state', () => {
    const seats = new Room().seats;
    fc.assert(
      fc.property(fc.array(commands(seats), { maxLength: 40 }), fc.nat(2), fc.boolean(), (asked, who, desk) => {
        const room = new Room();
        const own = room.seats;
        const swap = (text: string) => text.replaceAll(seats[0], own[0]).replaceAll(seats[1], own[1]);
        const viewer: Viewer = who === 2 ? { role: 'viewer' } : { role: 'seat', seat: own[who]!, desk };
        let told: ClassState | undefined;
        let upTo = 0;
        const hear = () => {
          const news = room.stream.slice(upTo);
          upTo = room.stream.length;
          told = eventsFor(news, viewer, room.state!).reduce<ClassState | undefined>(evolveClass, told);
          expect(told).toEqual(stateFor(room.state!, viewer));
        };
        for (const [n, command] of asked.entries()) {
          room.ask(JSON.parse(swap(JSON.stringify(command))));
          if (n % 3 === 0) hear();
        }
        hear();
      }),
    );
  });

  it('is at a desk the own seat, and of the others how many they are', () => {
    const room = new Room();
    const [ana, bo] = room.seats;
    const desk: Viewer = { role: 'seat', seat: ana, desk: true };
    expect(stateFor(room.state!, desk)).toMatchObject({ seats: [{ id: ana }], present: 2 });
    const before = room.stream.length;
    room.ask({ type: 'seat:take', name: 'Cy' });
    room.ask({ type: 'seat:remove', seat: bo });
    room.ask({ type: 'seat:take', name: 'Di' });
    expect(eventsFor(room.stream.slice(before), desk, room.state!).map(({ type }) => type)).toEqual([
      'hand:lowered',
      'seats:counted',
    ]);
    room.ask({ type: 'spotlight:move', spotlight: { kind: 'seat', seat: room.state!.seats[2]!.id } });
    expect(stateFor(room.state!, desk).spotlight).toMatchObject({ name: 'Cy' });
  });

  it('never shows another’s prediction, note or (if hidden) name', () => {
    const room = new Room();
    const [ana, bo] = room.seats;
    room.ask({ type: 'rules:set', rules: { compare: true, names: false } });
    room.ask({ type: 'round:open', lesson: 'l', step: 's' });
    room.ask({ type: 'round:answer', seat: ana, answer: { option: 'secret-option', sure: 'guess' } });
    room.ask({ type: 'note:send', from: ana, to: 'host', text: 'secret-note' });
    const seen = JSON.stringify(stateFor(room.state!, { role: 'seat', seat: bo }));
    expect(seen).not.toMatch(/secret|"Ana"/);
    expect(seen).toContain('"Bo"');
  });
});
