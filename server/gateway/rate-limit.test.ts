import { describe, expect, it } from 'vitest';
import { Bucket, PersonLimits, SocketLimits } from './rate-limit';

describe('limits', () => {
  it('give what was saved up, then as fast as the bucket fills', () => {
    let now = 0;
    const bucket = new Bucket(3, 10, () => now);
    expect([bucket.take(1), bucket.take(2), bucket.take(1)]).toEqual([0, 0, 100]);
    now = 99;
    expect(bucket.take(1)).toBeGreaterThan(0);
    now = 100;
    expect(bucket.take(1)).toBe(0);
    now = 10_000;
    expect([bucket.take(99), bucket.take(1)]).toEqual([0, 100]);
  });

  it('count typing apart, and notice a flood', () => {
    const limits = new SocketLimits(() => 0);
    for (let n = 0; n < 80; n++) limits.pass('seat:look', 0);
    expect(() => limits.pass('seat:look', 0)).toThrowError(expect.objectContaining({ code: 'unavailable' }));
    for (let n = 0; n < 250; n++) limits.pass('terminal:type', 1);
    for (let n = 0; n < 4; n++) limits.pass('terminal:type', 60_000);
    expect(() => limits.pass('terminal:type', 60_000)).toThrow();
    expect(limits.flooding).toBe(false);
    for (let n = 0; n < 600; n++) expect(() => limits.pass('seat:look', 0)).toThrow();
    expect(limits.flooding).toBe(true);
  });

  it('are a person’s, however many sockets they open: four pages’ worth, and each person’s own', () => {
    let now = 0;
    const people = new PersonLimits(() => now);
    for (let n = 0; n < 320; n++) people.pass('seat ana', 'seat:look', 0);
    expect(() => people.pass('seat ana', 'seat:look', 0)).toThrowError(
      expect.objectContaining({ code: 'unavailable' }),
    );
    people.pass('seat ben', 'seat:look', 0);
    people.pass('seat ana', 'terminal:type', 1);
    expect(people.size).toBe(2);
    now = 70_000;
    people.pass('seat ana', 'seat:look', 0);
    expect(people.size).toBe(1);
  });
});
