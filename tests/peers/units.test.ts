import { describe, expect, it } from 'vitest';
import { bytesSize, humanSize, parseSize } from '../../lib/cli';
import { humanDuration } from '../../lib/engine';
import { peerCases } from './peer-cases';

interface Case {
  readonly fn: string;
  readonly in: number | string;
  readonly out: number | string;
}

const cases = peerCases<readonly Case[]>('units/cases.json');

const functions: Readonly<Record<string, (input: never) => unknown>> = {
  HumanDuration: (nanoseconds: number) => humanDuration(BigInt(Math.round(nanoseconds))),
  HumanSize: (bytes: number) => humanSize(bytes),
  BytesSize: (bytes: number) => bytesSize(bytes),
  FromHumanSize: (text: string) => parseSize(text, 1000),
  RAMInBytes: (text: string) => parseSize(text, 1024),
};

describe.skipIf(!cases)('sizes and durations as docker/go-units has them', () => {
  it.each(cases ?? [])('$fn($in) is $out', ({ fn, in: input, out }) => {
    expect(functions[fn]!(input as never)).toBe(out);
  });
});
