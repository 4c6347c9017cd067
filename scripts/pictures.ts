// npx tsx scripts/pictures.ts: the README's pictures, of a real class with real browsers. Needs `npm run build` and a Chromium.
import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../tests/support/browser';
import { type RunningServer, startServer } from '../tests/support/start-server';

const folder = 'docs/pictures';
const people: readonly (readonly [name: string, lines: readonly string[]])[] = [
  ['Ana', ['echo ana was here > /etc/motd', 'mkdir /notes; echo milk > /notes/list', 'rm /etc/group']],
  ['Bo', ['echo bo > /etc/motd']],
  ['Chen', ['echo milk > /app/notes.txt', 'rm /etc/nsswitch.conf']],
  ['Dilnoza', ['echo dilnoza > /etc/motd', 'echo milk > /app/notes.txt']],
  ['Emeka', []],
  ['Fatima', ['echo "<h1>Fatima</h1>" > /app/index.html', 'echo fatima > /etc/motd', 'touch /tmp/build.log']],
  ['Gus', ['echo milk > /app/notes.txt', 'rm /etc/nsswitch.conf']],
];

const server = await startServer({ pages: true });
const browser = await launchBrowser();
if (!browser) throw new Error('a Chromium is needed');
mkdirSync(folder, { recursive: true });
try {
  await takeAll(server, browser);
} finally {
  await browser.close();
  await server.stop();
}

async function takeAll(server: RunningServer, browser: Browser): Promise<void> {
  const teacher = await open(browser, 'light');
  await signIn(teacher, server);
  const code = await publish(teacher, server);
  await teacher.screenshot({ path: `${folder}/image-light.png` });
  const desks: Page[] = [];
  for (const [name, lines] of people) desks.push(await take(browser, server, code, name, lines));
  await desks[0]!.waitForTimeout(1500);
  await desks[0]!.screenshot({ path: `${folder}/desk-dark.png` });
  await teacher.goto(`${server.url}/class/${code}/board`);
  await teacher.getByText('Where they differ').waitFor();
  await teacher.waitForTimeout(2500);
  await teacher.screenshot({ path: `${folder}/board-light.png` });
}

async function open(browser: Browser, colorScheme: 'light' | 'dark'): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en', colorScheme });
  return context.newPage();
}

async function signIn(page: Page, server: RunningServer): Promise<void> {
  await page.goto(`${server.url}/sign-in`);
  await page.getByLabel('Your name').fill('Ms Rivera');
  await page.getByLabel('Host passphrase').fill(server.passphrase);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/host');
}

async function publish(page: Page, server: RunningServer): Promise<string> {
  await page.goto(`${server.url}/host/new`);
  await page.getByLabel('Title').fill('An image never changes');
  await page.getByRole('button', { name: 'Next: the image' }).click();
  await page.waitForURL('**/image');
  await page.getByRole('button', { name: 'Build', exact: true }).click();
  await page.getByRole('button', { name: /^Publish/ }).click();
  await page.getByText('is published').waitFor();
  return new URL(page.url()).pathname.split('/')[2]!;
}

/** Somebody joins, runs a container, and writes. */
async function take(
  browser: Browser,
  server: RunningServer,
  code: string,
  name: string,
  lines: readonly string[],
): Promise<Page> {
  const page = await open(browser, 'dark');
  await page.goto(`${server.url}/join/${code}`);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Go in' }).click();
  await page.waitForURL(`**/class/${code}`);
  await page.locator('.xterm-helper-textarea').focus();
  for (const line of ['docker images', 'docker run -it --name web motd:1.0 sh', ...lines]) {
    await page.keyboard.type(`${line}\n`);
    await page.waitForTimeout(900);
  }
  return page;
}
