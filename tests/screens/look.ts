/**
 * Takes a picture of every screen, light and dark, wide and narrow, and lets axe look at each: `node --import tsx
 * tests/screens/look.ts [address]`. Without an address it raises the stage (a development server) itself. Pictures go to
 * test-results/screens (CROWD: how many are in the class; ONLY: which screens; PAGES=built: as built); a finding of axe, or a page wider than its window, ends it with 1.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { code, lookedAt, people } from './scene';

const given = process.argv[2];
const port = 3997;
const address = given ?? `http://localhost:${port}`;
const folder = 'test-results/screens';
/** How many people are in the class: CROWD=300. */
const crowd = Number(process.env.CROWD ?? 7);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const [ana] = people(1);

interface Screen {
  readonly name: string;
  readonly path: string;
  readonly as?: 'seat';
  /** What must be there before the picture is taken. */
  readonly ready: string;
  readonly act?: (page: Page) => Promise<void>;
}

const container = '00'.repeat(6);
const screens: readonly Screen[] = [
  { name: 'landing', path: '/', ready: 'main svg' },
  { name: 'join', path: `/join/${code}`, ready: 'input[name=name]' },
  { name: 'sign-in', path: '/sign-in', ready: 'input[name=passphrase]' },
  { name: 'classes', path: '/host', ready: 'main li' },
  { name: 'new-class', path: '/host/new', ready: 'input[name=title]' },
  { name: 'image', path: `/class/${code}/image`, ready: '.cm-content' },
  { name: 'board', path: `/class/${code}/board`, ready: 'table button' },
  { name: 'proof', path: `/class/${code}/board`, ready: 'table button', act: openProof },
  { name: 'remove', path: `/class/${code}/board`, ready: 'table button', act: askToRemove },
  {
    name: 'compare',
    path: `/class/${code}/compare?left=image&right=${container}&path=/etc/motd`,
    ready: '.cm-mergeView',
  },
  {
    name: 'earlier',
    path: `/class/${code}/compare?left=${container}@last&right=${container}`,
    ready: '.cm-mergeView',
  },
  { name: 'projector', path: `/class/${code}/projector`, ready: 'main svg' },
  { name: 'desk', path: `/class/${code}`, as: 'seat', ready: '.xterm-rows' },
];

async function openProof(page: Page) {
  await page.getByRole('button', { name: /verified here/ }).click();
  await page.getByRole('button', { name: 'Turn one bit in a copy' }).click();
}

async function askToRemove(page: Page) {
  await page.getByRole('button', { name: 'More for Ana' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
}

interface Finding {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

async function look(browser: Browser, screen: Screen, theme: 'light' | 'dark', width: number): Promise<string[]> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'en',
  });
  await context.clock.setFixedTime(lookedAt);
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(`threw ${error.message}`));
  if (screen.as)
    await context.addInitScript(
      ([key, token]) => localStorage.setItem(key!, token!),
      [`dockerland:seat:${code}`, ana!.id],
    );
  await page.goto(address + screen.path, { timeout: 90_000 });
  await page.locator(screen.ready).first().waitFor({ state: 'attached', timeout: 30_000 });
  await screen.act?.(page);
  await page.waitForTimeout(900);
  await page.screenshot({
    path: `${folder}/${screen.name}${crowd === 7 ? '' : `-${crowd}`}-${theme}-${width}.png`,
    fullPage: screen.name !== 'desk' || width < 1000,
  });
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (excess > 0) wrong.push(`is ${excess} px wider than its window`);
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    (window as unknown as { axe: { run(options: object): Promise<{ violations: Finding[] }> } }).axe.run({
      resultTypes: ['violations'],
    }),
  );
  for (const { id, help, nodes } of found.violations)
    wrong.push(
      `${id}: ${help} (${nodes.length}) ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary.split('\n')[1] ?? ''}`,
    );
  await context.close();
  return wrong.map((what) => `${screen.name} ${theme} ${width}: ${what}`);
}

async function raiseStage(): Promise<ChildProcess | undefined> {
  if (given) return undefined;
  const stage = spawn(
    process.execPath,
    ['--import', 'tsx', 'tests/screens/stage.ts', String(port), String(crowd), process.env.PAGES ?? 'dev'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await new Promise<void>((resolve) =>
    stage.stdout!.on('data', (said) => String(said).includes('the stage is at') && resolve()),
  );
  return stage;
}

mkdirSync(folder, { recursive: true });
const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);
const stage = await raiseStage();
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const only = process.env.ONLY?.split(',');
const wrong: string[] = [];
try {
  for (const screen of screens.filter(({ name }) => !only || only.includes(name)))
    for (const [theme, width] of [
      ['light', 1440],
      ['dark', 1440],
      ['light', 390],
      ['dark', 768],
      ['dark', 390],
    ] as const)
      wrong.push(...(await look(browser, screen, theme, width)));
} finally {
  await browser.close();
  stage?.kill();
}
for (const line of wrong) console.error(line);
console.log(`screens: ${only?.length ?? screens.length} looked at, ${wrong.length} findings; pictures in ${folder}`);
process.exit(wrong.length > 0 ? 1 : 0);
