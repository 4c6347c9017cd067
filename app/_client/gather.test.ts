import { expect, it } from 'vitest';
import { Gather, type Pace } from './gather';

/** Time that passes when it is told to: frames come when `tick` is called, showing takes `cost`. */
function paced(cost: number) {
  let now = 0;
  let tick = () => {};
  const rests: number[] = [];
  const pace: Pace = {
    now: () => now,
    frame: () => new Promise((resolve) => (tick = resolve)),
    drawn: async () => void (now += cost),
    rest: async (ms) => void rests.push(ms),
  };
  const shown: (readonly (readonly [string, number])[])[] = [];
  const gather = new Gather<string, number>((changed) => shown.push([...changed]), pace);
  const frame = () => {
    tick();
    return new Promise((resolve) => setTimeout(resolve));
  };
  return { gather, shown, rests, frame };
}

it('shows once a frame the latest of each', async () => {
  const { gather, shown, frame } = paced(1);
  gather.put('ana', 1);
  gather.put('bo', 1);
  gather.put('ana', 2);
  expect(shown).toEqual([]);
  await frame();
  gather.put('bo', 2);
  await frame();
  expect(shown).toEqual([
    [
      ['ana', 2],
      ['bo', 1],
    ],
    [['bo', 2]],
  ]);
});

it('rests twice as long as showing took, and never too long', async () => {
  const quick = paced(4);
  quick.gather.put('ana', 1);
  await quick.frame();
  expect(quick.rests).toEqual([8]);
  const slow = paced(5000);
  slow.gather.put('ana', 1);
  await slow.frame();
  expect(slow.rests).toEqual([400]);
});
