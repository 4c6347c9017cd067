import { describe, expect, it } from 'vitest';
import { Failure } from '../../lib/errors';
import { Answered } from './answered';

describe('what was answered', () => {
  it('is answered again, and done once; while it is under way the second waits with the first', async () => {
    const answered = new Answered();
    let [done, finish] = [0, () => {}];
    const work = async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      return { n: ++done };
    };
    const both = [answered.once('ana', 'k', work), answered.once('ana', 'k', work)];
    finish();
    expect(await Promise.all(both)).toEqual([{ n: 1 }, { n: 1 }]);
    expect(await answered.once('ana', 'k', async () => ({ n: ++done }))).toEqual({ n: 1 });
  });

  it('is its asker’s alone, and each key’s', async () => {
    const answered = new Answered();
    const say = (who: string, key: string, n: number) => answered.once(who, key, async () => ({ n }));
    await say('ana', 'k', 1);
    expect(await say('ben', 'k', 2)).toEqual({ n: 2 });
    expect(await say('ana', 'l', 3)).toEqual({ n: 3 });
  });

  it('is not kept when it was a refusal', async () => {
    const answered = new Answered();
    const refused = async () => Promise.reject(new Failure('unavailable', 'later'));
    await expect(answered.once('ana', 'k', refused)).rejects.toThrow('later');
    expect(await answered.once('ana', 'k', async () => ({ n: 2 }))).toEqual({ n: 2 });
  });

  it('is forgotten after two minutes, and beyond sixteen of one person’s', async () => {
    let now = 0;
    const answered = new Answered(() => now);
    let done = 0;
    const ask = (key: string) => answered.once('ana', key, async () => ({ n: ++done }));
    for (let n = 0; n <= 16; n++) await ask(`k${n}`);
    await ask('k16');
    expect(done).toBe(17);
    await ask('k0');
    expect(done).toBe(18);
    await answered.once('ben', 'k', async () => ({}));
    now = 121_000;
    await answered.once('eve', 'k', async () => ({}));
    expect(answered.size).toBe(1);
  });
});
