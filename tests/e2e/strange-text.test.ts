import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser';
import { containerPrompt, meet, part, type Student, type Teacher } from '../support/people';
import type { RunningServer } from '../support/start-server';

const browser: Browser | undefined = await launchBrowser();
const slow = { timeout: 20_000 };

/** Markup, marks that turn the reading direction, and far too much of everything: it is text, wherever it is shown. */
const markup = '<img src=x onerror=hacked()>';
const turned = '\u202eevil\u2066';

describe.skipIf(!browser)('strange text', () => {
  let server: RunningServer;
  let teacher: Teacher;
  let ana: Student;
  let code: string;

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
  /** Nothing of it became an element or ran, and the page is no wider than its window. */
  const isText = async (page: Page) => {
    expect(await page.locator('img[src="x"], [onerror]').count()).toBe(0);
    const [ran, wide] = await page.evaluate(() => [
      (window as unknown as { ran?: boolean }).ran,
      document.documentElement.scrollWidth - window.innerWidth,
    ]);
    expect(ran, page.url()).toBeUndefined();
    expect(wide, page.url()).toBeLessThanOrEqual(0);
  };

  beforeAll(async () => {
    ({ server, teacher, ana } = await meet(browser!));
    for (const { page } of [teacher, ana])
      await page.addInitScript(() => {
        Object.assign(window, { hacked: () => Object.assign(window, { ran: true }) });
      });
    await teacher.signIn(server.passphrase, `Ms ${markup}`.slice(0, 40));
  });

  afterAll(() => part(browser, server));

  it('in the title of a class and in names is shown as it was typed, without marks', async () => {
    await teacher.page.goto(`${server.url}/host/new`);
    await teacher.page.getByLabel('Title').fill('x'.repeat(10_000));
    await teacher.page.getByRole('button', { name: 'Next: the image' }).click();
    await teacher.sees(/title is too long/);
    code = await teacher.opensClass(`${turned} ${markup}`);
    await ana.page.goto(`${server.url}/join/${code}`);
    await ana.sees(`evil ${markup}`);
    await ana.page.getByLabel('Your name').fill('x'.repeat(10_000));
    await button(ana.page, 'Go in').click();
    await ana.sees(/name is too long|at most 40/i);
    await ana.joins(code, `${turned}${markup}`);
    await teacher.watchesBoard(code);
    await teacher.sees(`evil${markup}`);
    for (const { page } of [teacher, ana]) {
      await isText(page);
      expect(await page.locator('body').innerText()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    }
  });

  it('in file names and contents stays text in the terminal, on the board and side by side', async () => {
    await ana.types('docker run -it --name web motd:1.0 sh', containerPrompt);
    for (const line of [
      `M='${markup}'; L=$(printf %0200d 0)`,
      'mkdir -p "/srv/$M" /srv/$L',
      'echo "$M" > "/srv/$M/$M"',
      `touch "$(printf '/srv/\\342\\200\\256evil')"`,
      `head -c 10000 /dev/zero | tr '\\0' W > /srv/$L/long`,
      `printf '\\342\\200\\256gnp.exe%s' "$M" > /etc/motd`,
    ])
      await ana.types(line, containerPrompt);
    await expect.poll(() => teacher.text(), slow).toContain(`/srv/${markup}/${markup}`);
    // What would be drawn as /srv/live is called what it is called.
    await expect.poll(() => teacher.text(), slow).toContain('/srv/\\u202eevil');
    await isText(teacher.page);
    await isText(ana.page);
    await ana.page.getByRole('link', { name: 'Compare' }).click();
    await ana.page.waitForURL('**/compare?**');
    await ana.sees(/onerror=hacked/);
    await ana.sees('/srv/\\u202eevil');
    // In a content they are a sign of their own.
    await expect.poll(() => ana.page.locator('.cm-specialChar').count(), slow).toBe(1);
    await isText(ana.page);
    await ana.page.goto(`${server.url}/class/${code}`);
    await ana.atPrompt(containerPrompt);
  });

  it('in messages, in both directions, and at their longest', async () => {
    await teacher.page.getByLabel('Say something to everybody').fill(`${markup}${turned}`);
    await button(teacher.page, /^Send$/).click();
    await ana.sees(`${markup}evil`);
    await button(ana.page, /new message/).click();
    await ana.page.getByLabel('Write a message').fill(`${markup}${'M'.repeat(1900)}`);
    await ana.page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
    await ana.page.keyboard.press('Escape');
    await button(teacher.page, /new message/).click();
    await teacher.sees(`${markup}MMMM`);
    for (const { page } of [teacher, ana]) await isText(page);
    await teacher.page.keyboard.press('Escape');
  });

  it('in what every container answers, and on a small screen', async () => {
    await teacher.page.getByLabel('Run a line in every running container').fill(`cat /etc/motd; echo '${markup}'`);
    await button(teacher.page, /^Run$/).click();
    const answers = teacher.page.getByRole('region', { name: 'Answers of the containers' });
    await expect.poll(() => answers.innerText(), slow).toContain(markup);
    for (const { page } of [teacher, ana]) {
      await page.setViewportSize({ width: 390, height: 844 });
      await isText(page);
    }
    expect([...teacher.errors, ...ana.errors]).toEqual([]);
  });
});
