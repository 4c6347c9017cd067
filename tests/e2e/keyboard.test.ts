import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser';
import { containerPrompt, meet, part, type Student, type Teacher } from '../support/people';
import type { RunningServer } from '../support/start-server';

const browser: Browser | undefined = await launchBrowser();

interface Walked {
  /** Controls in sight that no press of Tab reached. */
  readonly missed: readonly string[];
  /** Controls that were reached and did not show it. */
  readonly unseen: readonly string[];
}

/** Tabs through the whole page, as somebody without a mouse does; past the terminal by the button before it. */
async function walk(page: Page): Promise<Walked> {
  await page.evaluate(mark);
  const unseen: string[] = [];
  for (let i = 0; i < 250; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(arrive);
    if (at.kind === 'end') break;
    if (at.kind === 'unseen') unseen.push(at.name);
    if (at.kind !== 'terminal') continue;
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
  }
  return { missed: await page.evaluate(left), unseen };
}

/** Numbers what a keyboard should reach: of a group of radio buttons one, since arrows do the rest. */
function mark(): void {
  // Tab goes on from where the focus was last: from the top, here.
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
  window.scrollTo(0, 0);
  getSelection()?.removeAllRanges();
  const groups = new Set<string>();
  for (const element of document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary')) {
    const { name, type } = element as HTMLInputElement;
    const second = type === 'radio' && groups.has(name);
    if (type === 'radio') groups.add(name);
    const open =
      element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled, [tabindex="-1"]');
    if (open && !second && element.getClientRects().length > 0) element.dataset.walk = 'not yet';
  }
}

type Arrival = { readonly kind: 'end' | 'seen' | 'terminal' } | { readonly kind: 'unseen'; readonly name: string };

function arrive(): Arrival {
  const element = document.activeElement as HTMLElement | null;
  if (!element || element === document.body || element.dataset.walk === 'done') return { kind: 'end' };
  if (element.dataset.walk) element.dataset.walk = 'done';
  if (element.matches('.xterm-helper-textarea')) return { kind: 'terminal' };
  const shows = (one: Element | null) => {
    if (!one) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
  };
  // Two of the page's own kind: the editor frames itself, a switch shows the focus of the box inside it.
  const seen = shows(element) || shows(element.closest('.cm-editor')) || shows(element.nextElementSibling);
  return seen ? { kind: 'seen' } : { kind: 'unseen', name: element.outerHTML.slice(0, 160) };
}

function left(): readonly string[] {
  return [...document.querySelectorAll<HTMLElement>('[data-walk="not yet"]')].map(({ outerHTML }) =>
    outerHTML.slice(0, 160),
  );
}

const focused = (page: Page) =>
  page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.slice(0, 80),
  );

/** Opens by Enter what stands behind a control, is inside, goes back by Escape. */
async function inAndOut(page: Page, name: RegExp | string): Promise<void> {
  const opener = page.getByRole('button', { name }).first();
  await opener.focus();
  const before = await focused(page);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  expect(await page.evaluate(() => Boolean(document.activeElement?.closest('[role=dialog]'))), `focus in ${name}`).toBe(
    true,
  );
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(() => focused(page), { message: `back from ${name}` }).toBe(before);
}

describe.skipIf(!browser)('without a mouse', () => {
  let server: RunningServer;
  let teacher: Teacher;
  let ana: Student;
  let code: string;

  beforeAll(async () => {
    ({ server, teacher, ana, code } = await meet(browser!, { title: 'Without a mouse', board: true }));
  });

  afterAll(() => part(browser, server));

  it('begins with a student at work', async () => {
    await ana.joins(code, 'Ana');
    await ana.types('docker run -it --name web motd:1.0 sh', containerPrompt);
    await ana.types('echo ana > /etc/motd', containerPrompt);
    await teacher.sees(/1 container/);
  });

  it('everything on a desk is reached, and shows that it is', async () => {
    expect(await walk(ana.page)).toEqual({ missed: [], unseen: [] });
  });

  it('everything on the board is reached, and shows that it is', async () => {
    expect(await walk(teacher.page)).toEqual({ missed: [], unseen: [] });
  });

  it('the terminal is left, back by Shift and Tab, and on by the button before it', async () => {
    const { page } = ana;
    await page.locator('.xterm-helper-textarea').focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('xterm');
    await page.keyboard.press('Shift+Tab');
    expect(await focused(page)).toBe('Past the terminal');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const after = await page.evaluate(() => {
      const terminal = document.querySelector('.xterm')!;
      const follows = terminal.compareDocumentPosition(document.activeElement!);
      return follows === Node.DOCUMENT_POSITION_FOLLOWING;
    });
    expect(after).toBe(true);
  });

  it('dialogs close by Escape, and the focus goes back to where it was', async () => {
    for (const name of [/verified here/, 'Messages', 'Ana', 'Take it home', 'Start over'])
      await inAndOut(ana.page, name);
    for (const name of [/verified here/, /^Messages/, 'End the class']) await inAndOut(teacher.page, name);
  });

  it('what is asked from the menu beside a name goes back to that menu’s button', async () => {
    const { page } = teacher;
    for (const item of ['Write to them', 'Rename', 'Remove']) {
      await page.getByRole('button', { name: 'More for Ana' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: item }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await expect.poll(() => focused(page), { message: item }).toBe('More for Ana');
    }
  });

  it('nothing moves for who wants no motion, and something does for who does not mind', async () => {
    const longest = async (page: Page, path: string) => {
      const seen = page.evaluate(async () => {
        let most = 0;
        for (const until = performance.now() + 2500; performance.now() < until; ) {
          for (const { effect } of document.getAnimations())
            most = Math.max(most, Number(effect?.getComputedTiming().activeDuration ?? 0));
          await new Promise(requestAnimationFrame);
        }
        return most;
      });
      await ana.types(`echo more > ${path}`, containerPrompt);
      return seen;
    };
    await ana.page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await longest(ana.page, '/one')).toBeGreaterThan(100);
    await ana.page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await longest(ana.page, '/two')).toBeLessThanOrEqual(1);
    expect(await ana.page.locator('animate, animateTransform, animateMotion').count()).toBe(0);
  });
});
