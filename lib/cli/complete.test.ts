import { describe, expect, it } from 'vitest';
import type { Engine } from '../engine';
import { complete } from './complete';

const container = (name: string, state: string) => [name, { name, state: { state } }] as const;

const engine = {
  state: {
    containers: new Map([container('web', 'running'), container('worker', 'exited'), container('held', 'paused')]),
    volumes: new Map([['data', {}]]),
    networks: new Map([['n', { name: 'bridge' }]]),
  },
  listImages: () => [{ tags: ['busybox:latest', 'motd:1.0'] }],
} as unknown as Engine;

describe('completion', () => {
  it.each([
    [
      ['diff', 'w'],
      ['web', 'worker'],
    ],
    [
      ['exec', ''],
      ['held', 'web'],
    ],
    [['start', ''], ['worker']],
    [['unpause', ''], ['held']],
    [['run', 'bu'], ['busybox:latest']],
    [['run', 'busybox', 'w'], []],
    [['run', '--rm', '--na'], ['--name']],
    [['image', 'r'], ['rm']],
    [['volume', 'rm', ''], ['data']],
    [['network', 'connect', 'bridge', 'we'], ['web']],
    [['comm'], ['commit']],
  ])('docker %j', (words, found) => {
    expect(complete(words, engine)).toEqual(found);
  });
});
