import { describe, expect, it } from 'vitest';
import { hintsAfter, hintsOf } from './hints';
import type { ContainerView, SeatView } from './types';

const container = (status: ContainerView['status'], touched: boolean, imageId = 'sha256:aa'): ContainerView => ({
  id: `${status}${touched}${imageId}`,
  name: 'web',
  image: 'motd:1.0',
  imageId,
  diffIds: [],
  command: 'sh',
  status,
  created: '',
  changes: touched ? [{ path: '/etc/motd', kind: 'changed', is: 'file' }] : [],
  digest: '',
  bytes: 0,
});
const seat = (name: string, containers: readonly ContainerView[], ...shows: readonly string[]): SeatView => ({
  seat: name,
  name,
  colour: 0,
  containers,
  shows,
});
const images = new Set(['sha256:aa']);
const told = (...seats: readonly SeatView[]) =>
  hintsOf(seats, images).map(({ of, seats: who }) => [of, who.map(({ name }) => name).join()]);

describe('hints', () => {
  it('see a second container beside a stopped one that holds changes', () => {
    expect(told(seat('ana', [container('running', false), container('exited', true)]))).toEqual([['second', 'ana']]);
    expect(told(seat('bo', [container('running', false), container('exited', false)]))).toEqual([]);
    expect(told(seat('cy', [container('running', true), container('running', true)]))).toEqual([]);
  });

  it('do not count a container from an image of one’s own', () => {
    expect(told(seat('ana', [container('running', false, 'sha256:bb'), container('exited', true)]))).toEqual([]);
  });

  it('tell what commands have betrayed, each belief for itself', () => {
    expect(told(seat('ana', [], 'M5', 'M3'), seat('bo', [container('exited', true)]), seat('cy', [], 'M4'))).toEqual([
      ['thrown', 'ana'],
      ['forced', 'cy'],
      ['committed', 'ana'],
    ]);
  });

  it('begin with what most people show, and leave the host out', () => {
    expect(told(seat('host', [], 'M3'), seat('a', [], 'M5'), seat('b', [], 'M3'), seat('c', [], 'M3'))).toEqual([
      ['thrown', 'b,c'],
      ['committed', 'a'],
    ]);
  });

  it('are the very same while the same people show the same', () => {
    const before = hintsOf([seat('a', [], 'M3')], images);
    expect(hintsAfter(before, hintsOf([seat('a', [container('running', true)], 'M3')], images))).toBe(before);
    const more = hintsOf([seat('a', [], 'M3'), seat('b', [], 'M3')], images);
    expect(hintsAfter(before, more)).toBe(more);
  });
});
