import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { terminal } from '../../lib/shell/testing/stage';

interface Step {
  readonly keys: string;
  readonly screen: string;
}

const recorded: { readonly shell: string; readonly steps: readonly Step[] } = JSON.parse(
  readFileSync(new URL('recorded/terminal.json', import.meta.url), 'utf8'),
);

/** Not compared: the question where the cursor is, erasures to the end of the screen, and the banner of the recorded build. */
function plain(screen: string): string {
  return screen
    .replaceAll('\x1b[6n', '')
    .replaceAll('\x1b[J', '')
    .replace(/^[\s\S]*list of built-in commands\.\s*/, '');
}

it(`shows what ${recorded.shell} shows while the same keys are typed`, async () => {
  const { type, settle, screen } = terminal();
  await settle();
  const [first, ...steps] = recorded.steps;
  expect(screen()).toBe(plain(first!.screen));
  for (const step of steps) {
    const shown = await type(step.keys);
    await settle();
    expect({ keys: step.keys, screen: plain(shown) }).toEqual({ keys: step.keys, screen: plain(step.screen) });
  }
});
