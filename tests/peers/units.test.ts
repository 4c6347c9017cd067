import { describe, expect, it } from 'vitest';
import { bytesSize, humanSize, parseSize } from '../../lib/cli';
import { humanDuration } from '../../lib/engine';
import { peerCases } from './peer-cases';

interface Case {
  readonly fn: string;
  /** Numbers beyond what a double counts exactly come as text. */
  readonly in: number | string | { readonly $big: string };
  readonly out?: number | string;
  readonly error?: boolean;
}

const value = (input: Case['in']) => (typeof input === 'object' ? Number(input.$big) : input);

const cases = peerCases<readonly Case[]>('units/cases.json');

const functions: Readonly<Record<string, (input: never) => unknown>> = {
  HumanDuration: (nanoseconds: number) => humanDuration(BigInt(Math.round(nanoseconds))),
  HumanSize: (bytes: number) => humanSize(bytes),
  BytesSize: (bytes: number) => bytesSize(bytes),
  FromHumanSize: (text: string) => parseSize(text, 1000),
  RAMInBytes: (text: string) => parseSize(text, 1024),
};

describe.skipIf(!cases)('sizes and durations as docker/go-units has them', () => {
  it.each(cases ?? [])('$fn($in) is $out', ({ fn, in: input, out, error }) => {
    const call = () => functions[fn]!(value(input) as never);
    if (error) expect(call).toThrow();
    else expect(call()).toBe(typeof out === 'number' ? Math.trunc(out) : out);
  });
});
