import { describe, expect, it } from 'vitest';
import { hintsOf } from './hints';
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
const seat = (name: string, containers: readonly ContainerView[], commits = 0): SeatView => ({
  seat: name,
  name,
  colour: 0,
  containers,
  commits,
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

  it('see a commit, and work that stands still in a stopped container', () => {
    expect(told(seat('ana', [], 1), seat('bo', [container('exited', true)]))).toEqual([
      ['committed', 'ana'],
      ['stopped', 'bo'],
    ]);
  });

  it('begin with what most people show, and leave the host out', () => {
    const stopped = [container('exited', true)];
    expect(told(seat('host', stopped), seat('a', [], 1), seat('b', stopped), seat('c', stopped))).toEqual([
      ['stopped', 'b,c'],
      ['committed', 'a'],
    ]);
  });
});
