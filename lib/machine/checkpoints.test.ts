import { describe, expect, it } from 'vitest';
import type { Process } from '../process';
import { CheckpointTeller } from './checkpoints';

const telling = (first: unknown) => {
  const process = { checkpoint: () => live } as unknown as Process;
  let live = first;
  const teller = new CheckpointTeller('main');
  return { tell: () => teller.tell(process), become: (next: unknown) => (live = next) };
};

describe('what a shell needs after a restart', () => {
  it('is told once, whole', () => {
    const { tell } = telling({ cwd: '/', variables: [['A', '1', 'x']], ran: undefined, typed: 'l' });
    const checkpoint = { cwd: '/', variables: [['A', '1', 'x']], typed: 'l' };
    expect(tell()).toStrictEqual([{ type: 'shell:stood', of: 'main', checkpoint }]);
    expect(tell()).toEqual([]);
  });

  it('is told again when a value deep inside has changed, in the shell’s own array as well', () => {
    const variables = [['A', '1', 'x']];
    const { tell } = telling({ variables, typed: '' });
    const [told] = tell();
    variables[0]![1] = '2';
    expect(told).toMatchObject({ checkpoint: { variables: [['A', '1', 'x']] } });
    expect(tell()).toMatchObject([{ type: 'shell:stood', checkpoint: { variables: [['A', '2', 'x']] } }]);
    variables.push(['B', '3', '']);
    expect(tell()).toMatchObject([{ type: 'shell:stood' }]);
    variables.length = 0;
    expect(tell()).toMatchObject([{ type: 'shell:stood', checkpoint: { variables: [] } }]);
  });

  it('tells what is being typed apart', () => {
    const { tell, become } = telling({ cwd: '/', typed: '' });
    tell();
    become({ cwd: '/', typed: 'ls' });
    expect(tell()).toEqual([{ type: 'shell:typed', of: 'main', typed: 'ls' }]);
    become({ cwd: '/tmp', typed: '' });
    expect(tell()).toEqual([{ type: 'shell:stood', of: 'main', checkpoint: { cwd: '/tmp', typed: '' } }]);
  });
});
