import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser';
import { containerPrompt, meet, part, type Student, type Teacher } from '../support/people';
import { freePort } from '../support/start-redis';
import { type RunningServer, startServer } from '../support/start-server';

const browser: Browser | undefined = await launchBrowser();
const slow = { timeout: 20_000 };

/** A container beside itself as it was: by its student, by the teacher, by a neighbour; and undo after the server was killed. */
describe.skipIf(!browser)('a container and itself earlier', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dockerland-earlier-e2e-'));
  let server: RunningServer;
  let start: () => Promise<RunningServer>;
  let teacher: Teacher;
  let ana: Student;
  let bo: Student;
  let code: string;
  let link: string;

  const when = (page: Page, side: 'Left' | 'Right') => page.getByLabel(`${side} side: when`);
  const chosen = (page: Page, side: 'Left' | 'Right') =>
    when(page, side).evaluate((select: HTMLSelectElement) => select.selectedOptions[0]!.text);
  const options = (page: Page) => when(page, 'Left').locator('option').allInnerTexts();
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();

  beforeAll(async () => {
    const port = await freePort();
    start = () => startServer({ pages: true, dataDir, port });
    ({ server, teacher, ana, bo, code } = await meet(browser!, { dataDir, port, title: 'Earlier' }));
  });

  afterAll(async () => {
    await part(browser, server);
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('has nothing to look back at before a command has changed it', async () => {
    await ana.joins(code, 'Ana');
    await bo.joins(code, 'Bo');
    await ana.types('docker run -it --name web motd:1.0 sh', containerPrompt);
    await ana.page.getByRole('link', { name: 'Earlier and now' }).click();
    await ana.sees(/No command has changed it yet/);
    await ana.page.getByRole('link', { name: 'My desk' }).click();
    await ana.atPrompt(containerPrompt);
  });

  it('stands beside itself before the last command, and before any other', async () => {
    for (const line of ['echo first > /etc/motd', 'echo second > /etc/motd', 'rm /etc/passwd; echo x > /x'])
      await ana.types(line, containerPrompt);
    await ana.page.getByRole('link', { name: 'Earlier and now' }).click();
    await expect.poll(() => when(ana.page, 'Left').count(), slow).toBe(1);
    await expect
      .poll(() => chosen(ana.page, 'Left'), slow)
      .toMatch(/^before “rm \/etc\/passwd; echo x > \/x” · .* · 2 paths/);
    expect(await chosen(ana.page, 'Right')).toBe('now');
    // What differs is marked, and the first of it stands open.
    await ana.sees(/\/etc\/passwd\s*≠[\s\S]*\/x\s*≠/);
    expect(await ana.page.getByRole('button', { name: /\/etc\/motd/ }).innerText()).not.toContain('≠');
    await ana.sees(/from layer[\s\S]*deleted here/);
    expect((await options(ana.page)).map((text) => text.split(' · ')[0])).toEqual([
      'now',
      'before “rm /etc/passwd; echo x > /x”',
      'before “echo second > /etc/motd”',
      'before “echo first > /etc/motd”',
    ]);
    await when(ana.page, 'Left').selectOption({ index: 2 });
    await button(ana.page, /\/etc\/motd/).click();
    const merge = ana.page.locator('.cm-mergeView');
    await expect.poll(() => merge.innerText(), slow).toMatch(/first[\s\S]*second/);
    // The address names this point in time.
    expect(ana.page.url()).toMatch(/left=[0-9a-f]{64}(%40|@)\d+&/);
    expect(await ana.barriers()).toEqual([]);
    link = ana.page.url();
  });

  it('is the same for whoever opens the link and may see it: the teacher, a neighbour, nobody when comparisons are closed', async () => {
    await teacher.page.goto(link);
    await expect.poll(() => teacher.page.locator('.cm-mergeView').innerText(), slow).toMatch(/first[\s\S]*second/);
    expect(await chosen(teacher.page, 'Left')).toContain('before “echo second > /etc/motd”');
    await bo.page.goto(link);
    await expect.poll(() => bo.page.locator('.cm-mergeView').innerText(), slow).toMatch(/first[\s\S]*second/);
    // What a neighbour typed is not shown; what it did is.
    expect(await chosen(bo.page, 'Left')).toMatch(/^before a command · .* · 1 path/);
    expect(await bo.page.content()).not.toContain('echo second');
    await teacher.watchesBoard(code);
    await teacher.page.getByText('Students may compare').click();
    await bo.sees(/keeps comparisons closed/);
    await expect.poll(() => bo.page.locator('.cm-mergeView').count(), slow).toBe(0);
    await ana.page.reload();
    await expect.poll(() => ana.page.locator('.cm-mergeView').innerText(), slow).toMatch(/first[\s\S]*second/);
    await teacher.page.getByText('Students may compare').click();
  });

  it('is reached from the board, and put on the wall', async () => {
    await teacher.watchesBoard(code);
    await button(teacher.page, /^Pick Ana/).click();
    await button(teacher.page, 'Compare with itself earlier').click();
    await expect.poll(() => when(teacher.page, 'Left').count(), slow).toBe(1);
    await expect.poll(() => chosen(teacher.page, 'Left'), slow).toContain('before “rm /etc/passwd; echo x > /x”');
    await button(teacher.page, 'Show on the projector').click();
    const wall = await teacher.context.newPage();
    await wall.goto(`${server.url}/class/${code}/projector`);
    await expect.poll(() => wall.locator('body').innerText(), slow).toMatch(/before “rm \/etc\/passwd/);
    await wall.close();
  });

  it('can be undone after the server was killed with -9: by the student, then by the teacher', async () => {
    await ana.page.goto(`${server.url}/class/${code}`);
    await ana.atPrompt(containerPrompt);
    await server.kill();
    server = await start();
    await ana.page.reload();
    await ana.atPrompt(containerPrompt);
    await button(ana.page, 'Undo').click();
    await expect.poll(() => ana.types('cat /etc/passwd', containerPrompt), slow).toContain('root');
    expect(await ana.types('ls /x', containerPrompt)).toContain('No such file');
    await teacher.watchesBoard(code);
    await button(teacher.page, 'More for Ana').click();
    await teacher.page.getByRole('menuitem', { name: 'Undo their last command' }).click();
    await teacher.page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => ana.types('cat /etc/motd', containerPrompt), slow).toContain('first');
    // What was undone can still be looked at.
    await ana.page.getByRole('link', { name: 'Earlier and now' }).click();
    await expect.poll(() => when(ana.page, 'Left').count(), slow).toBe(1);
    await expect
      .poll(async () => (await options(ana.page)).map((text) => text.replace(/ · [\d:]+(\s[AP]M)? · /, ' · ')), slow)
      .toEqual([
        'now',
        'before an undo · 1 path changed',
        'before an undo · 2 paths changed',
        'before “rm /etc/passwd; echo x > /x” · 2 paths changed · undone',
        'before “echo second > /etc/motd” · 1 path changed · undone',
        'before “echo first > /etc/motd” · 1 path changed',
      ]);
  });

  it('is shown as it last was when it has been removed, and the link that was copied says so', async () => {
    const open = `${server.url}/class/${code}/compare?`;
    const id = /right=([0-9a-f]{12})/.exec(ana.page.url())![1]!;
    // The address tells whose it is as soon as that is known.
    await teacher.page.goto(`${open}left=image&right=${id}`);
    await teacher.page.waitForURL(/rightOf=/);
    const copied = teacher.page.url();
    await ana.page.goto(`${server.url}/class/${code}`);
    await ana.atPrompt(containerPrompt);
    await ana.types('echo the last words > /words', containerPrompt);
    await ana.types('exit');
    await ana.types('docker rm web');
    // Who has it open sees it go; who opens the link now sees how it was; who has an older link is told that it is gone.
    for (const page of [teacher.page, bo.page]) {
      if (page !== teacher.page) await page.goto(copied);
      await expect
        .poll(() => page.locator('main').innerText(), slow)
        .toMatch(/Ana · web has been removed since\. It is shown as it last was/);
      await button(page, '/words').click();
      await expect.poll(() => page.locator('main').innerText(), slow).toContain('the last words');
    }
    expect(await bo.barriers()).toEqual([]);
    await bo.page.goto(`${open}left=image&right=${id}`);
    await bo.sees(/names a container that is not there any more/);
    await button(teacher.page, 'Board')
      .or(teacher.page.getByRole('link', { name: 'Board' }))
      .first()
      .click();
    await button(teacher.page, 'More for Ana').click();
    await teacher.page.getByRole('menuitem', { name: 'Start their computer over' }).click();
    await teacher.page.getByRole('dialog').getByRole('button', { name: 'Start over' }).click();
    await ana.atPrompt(/laptop:\S*\$$/);
    await bo.page.goto(copied);
    await bo.sees(/has been removed since, and cannot be looked back at any more/);
    for (const person of [ana, bo, teacher]) expect(person.errors).toEqual([]);
  });
});
