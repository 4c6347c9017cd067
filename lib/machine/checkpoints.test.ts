import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Process } from '../process';
import { tellCheckpoint, tellIfMoved } from './checkpoints';
import type { MachineEvent } from './events';
import { evolveMachine } from './evolve';
import type { MachineState } from './state';

/** A shell, and a reader who only has what it tells. */
function telling(first: unknown) {
  let live = first;
  const made = { type: 'machine:made', id: 'c.s', user: 'ana', hostname: 'laptop', at: '' } as const;
  let state: MachineState = evolveMachine(undefined, made, {} as never);
  return {
    become: (next: unknown) => (live = next),
    known: () => state.checkpoints.get('main'),
    tell(): MachineEvent[] {
      const process = { checkpoint: () => live } as unknown as Process;
      // As it travels: nothing of the shell's own is in it.
      const events = JSON.parse(JSON.stringify(tellCheckpoint('main', process, state.checkpoints.get('main'))));
      for (const event of events) state = evolveMachine(state, event, {} as never);
      return events;
    },
  };
}

describe('what a shell needs after a restart', () => {
  it('is told once, whole', () => {
    const { tell } = telling({ cwd: '/', variables: [['A', '1', 'x']], ran: undefined, typed: 'l' });
    const checkpoint = { cwd: '/', variables: [['A', '1', 'x']], typed: 'l' };
    expect(tell()).toStrictEqual([{ type: 'shell:stood', of: 'main', checkpoint }]);
    expect(tell()).toEqual([]);
  });

  it('is told again when a value deep inside has changed, in the shell’s own array as well', () => {
    const variables = [['A', '1', 'x']];
    const { tell, known } = telling({ variables, typed: '' });
    tell();
    variables[0]![1] = '2';
    expect(known()).toEqual({ variables: [['A', '1', 'x']], typed: '' });
    tell();
    expect(known()).toEqual({ variables: [['A', '2', 'x']], typed: '' });
    variables.length = 0;
    tell();
    expect(known()).toEqual({ variables: [], typed: '' });
  });

  it('tells of a long history only the line that is new, also when the oldest goes', () => {
    const history = Array.from({ length: 500 }, (_, n) => `echo ${n}`);
    const { tell, become, known } = telling({ cwd: '/', history, typed: '' });
    tell();
    const next = [...history.slice(1), 'ls'];
    become({ cwd: '/tmp', history: next, typed: '' });
    const change = { set: { cwd: '/tmp' }, lists: { history: { drop: 1, add: ['ls'] } } };
    expect(tell()).toEqual([{ type: 'shell:changed', of: 'main', change }]);
    expect(known()).toEqual({ cwd: '/tmp', history: next, typed: '' });
    become({ cwd: '/tmp', history: [...next, 'pwd'], typed: '' });
    expect(tell()).toEqual([{ type: 'shell:changed', of: 'main', change: { lists: { history: { add: ['pwd'] } } } }]);
  });

  it('tells what is being typed apart', () => {
    const { tell, become, known } = telling({ cwd: '/', typed: '' });
    tell();
    become({ cwd: '/', typed: 'ls' });
    expect(tell()).toEqual([{ type: 'shell:typed', of: 'main', typed: 'ls' }]);
    become({ cwd: '/tmp', typed: '' });
    expect(tell()).toEqual([{ type: 'shell:changed', of: 'main', change: { set: { cwd: '/tmp' } }, typed: '' }]);
    expect(known()).toEqual({ cwd: '/tmp', typed: '' });
  });

  it('is known from what was told, whatever changes', () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.tuple(fc.string(), fc.string()));
    const list = fc.array(value, { maxLength: 6 });
    const checkpoint = fc.record(
      { cwd: fc.string(), history: list, variables: list, status: fc.integer(), typed: fc.string() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(checkpoint, fc.array(checkpoint, { maxLength: 6 }), (first, others) => {
        const { tell, become, known } = telling(first);
        for (const one of [first, ...others]) {
          become(one);
          tell();
          expect(known()).toEqual({ typed: '', ...one });
          expect(tell()).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is asked for only when its shell has moved', () => {
    let asked = 0;
    const process = { activity: 1, checkpoint: () => ({ cwd: `/${++asked}` }) };
    const tell = () => tellIfMoved('main', process as unknown as Process, undefined).length;
    expect([tell(), tell(), asked]).toEqual([1, 0, 1]);
    process.activity++;
    expect([tell(), tell(), asked]).toEqual([1, 0, 2]);
  });
});
