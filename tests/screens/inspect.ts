import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A theme changes nothing but colours: only they are asked for again in the other one. */
const variants = [
  { width: 1440, theme: 'light', rules: 'all' },
  { width: 1440, theme: 'dark', rules: 'contrast' },
  { width: 390, theme: 'dark', rules: 'all' },
  { width: 390, theme: 'light', rules: 'contrast' },
] as const;
type Rules = (typeof variants)[number]['rules'];

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly target: unknown; readonly failureSummary: string }[];
}

/**
 * What is wrong with a screen as it stands, wide and narrow, light and dark: axe's findings, and a page that is wider than its
 * window. `picture`: a folder that gets a PNG of each. The page is left as it was found.
 */
export async function inspect(page: Page, name: string, picture?: string): Promise<readonly string[]> {
  const before = page.viewportSize()!;
  const wrong: string[] = [];
  for (const { width, theme, rules } of variants) {
    await page.setViewportSize({ width, height: width < 600 ? 844 : before.height });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.waitForTimeout(120);
    wrong.push(...(await findings(page, rules)).map((what) => `${name} ${width} ${theme}: ${what}`));
    if (picture) await page.screenshot({ path: `${picture}/${name}-${width}-${theme}.png`, fullPage: true });
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: 'light' });
  return wrong;
}

async function findings(page: Page, rules: Rules): Promise<readonly string[]> {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const runOnly = rules === 'contrast' ? { runOnly: ['color-contrast'] } : {};
  const violations = await page.evaluate(
    (options) =>
      (window as unknown as { axe: { run(options: object): Promise<{ violations: Finding[] }> } }).axe
        .run(options)
        .then((result) => result.violations),
    { resultTypes: ['violations'], ...runOnly },
  );
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, target, failureSummary }) =>
        `${id} at ${String(target)} ${html.slice(0, 120)} ${failureSummary.split('\n')[1] ?? ''}`,
    ),
  );
  return excess > 0 ? [`is ${excess} px wider than its window`, ...found] : found;
}
