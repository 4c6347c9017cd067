import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser';
import { containerPrompt, meet, part, Student, type Teacher } from '../support/people';
import type { RunningServer } from '../support/start-server';

const browser: Browser | undefined = await launchBrowser();

/** A page may have to fetch and hash before it shows. */
const slow = { timeout: 20_000 };

/** One class from sign-in to reload, with three browsers that share nothing. The steps build on one another. */
describe.skipIf(!browser)('a first live class', () => {
  let server: RunningServer;
  let teacher: Teacher;
  let ana: Student;
  let bo: Student;
  let code: string;

  beforeAll(async () => {
    ({ server, teacher, ana, bo } = await meet(browser!));
  });

  afterAll(() => part(browser, server));

  it('keeps the door shut to who does not know the passphrase', async () => {
    await teacher.page.goto(`${server.url}/sign-in`);
    await teacher.page.getByLabel('Your name').fill('Mallory');
    await teacher.page.getByLabel('Host passphrase').fill('guess');
    await teacher.page.getByRole('button', { name: 'Sign in' }).click();
    await teacher.page.getByText('That is not the passphrase').waitFor();
  });

  it('is made by an instructor: a title, an image really built, published', async () => {
    await teacher.signIn(server.passphrase);
    code = await teacher.opensClass('Tuesday group');
    expect(code).toMatch(/^[A-Z2-9]{6}$/);
    await teacher.sees(/motd:1\.0 is 5 layers/);
    await teacher.watchesBoard(code);
  });

  it('is joined from a link with a name, and a name that is taken gets an offer', async () => {
    await ana.joins(code, 'Ana');
    await bo.page.goto(`${server.url}/join/${code}`);
    await bo.page.getByLabel('Your name').fill('ana');
    await bo.page.getByRole('button', { name: 'Go in' }).click();
    await bo.page.getByText('How about').waitFor();
    await bo.joins(code, 'Bo');
  });

  it('gives every student a computer with the published image', async () => {
    expect(await ana.types('docker images')).toMatch(/motd\s+1\.0/);
  });

  it('lets a student write in a container, leave it, and find it again', async () => {
    await ana.types('docker run -it --name web motd:1.0 sh', containerPrompt);
    await ana.types('echo ana > /etc/motd', containerPrompt);
    await ana.types('exit');
    expect(await ana.types('docker diff web')).toContain('C /etc\nC /etc/motd');
    expect(await ana.types('docker ps -a')).toMatch(/Exited \(0\).*web/);
    await ana.types('docker start -ai web', containerPrompt);
    expect(await ana.types('cat /etc/motd', containerPrompt)).toContain('ana');
  });

  it('shows the second student nothing of the first one', async () => {
    await bo.types('docker run -it --name web motd:1.0 sh', containerPrompt);
    expect(await bo.types('cat /etc/motd', containerPrompt)).toContain('Welcome to the class');
    await bo.types('echo bo > /etc/motd; echo milk > /list', containerPrompt);
  });

  it('shows the board both sheets, live, over one image', async () => {
    await teacher.sees(/One image, 2 sheets/);
    const row = teacher.page.getByRole('row', { name: /\/etc\/motd/ });
    await expect.poll(() => row.first().innerText(), slow).toMatch(/~[\s\S]*~/);
    await expect
      .poll(() =>
        teacher.page
          .getByRole('row', { name: /\/list/ })
          .first()
          .innerText(),
      )
      .toContain('+');
  });

  it('is proved by every browser', async () => {
    await teacher.sees(/✓ 3 of 3 browsers/);
    await ana.page.getByText(/verified here: 7 of 7/).waitFor();
  });

  it('lays the two files side by side', async () => {
    await teacher.page.getByRole('button', { name: /^Pick Ana/ }).click();
    await teacher.page.getByRole('button', { name: /^Pick Bo/ }).click();
    await teacher.page.getByRole('button', { name: 'Compare them' }).click();
    await teacher.page.waitForURL('**/compare**');
    await teacher.page.getByText('/etc/motd').first().click();
    await expect.poll(() => teacher.text(), slow).toMatch(/ana[\s\S]*bo/);
    await teacher.sees(/covers layer 4/);
  });

  it('comes back after a reload: same seat, same prompt, same state', async () => {
    const before = await ana.transcript();
    await ana.page.reload();
    await expect.poll(() => ana.transcript(), slow).toBe(before);
    expect(await ana.types('cat /etc/motd', containerPrompt)).toContain('ana');
    const compared = await teacher.text();
    await teacher.page.reload();
    await expect.poll(() => teacher.text(), slow).toBe(compared);
    await bo.page.reload();
    await bo.atPrompt(containerPrompt);
  });

  it('says of each bad input what to do, and loses nothing', async () => {
    const stranger = await Student.arrive(browser!, server.url);
    await stranger.page.goto(`${server.url}/join/ZZZZZZ`);
    await stranger.sees(/There is no class with this code/);
    await stranger.page.goto(`${server.url}/join/${code}`);
    await stranger.page.getByLabel('Your name').fill('x'.repeat(41));
    await stranger.page.getByRole('button', { name: 'Go in' }).click();
    await stranger.sees(/at most 40 characters/);
    await stranger.page.goto(`${server.url}/class/${code}/board`);
    await expect.poll(() => stranger.text(), slow).not.toContain('Where they differ');
    await stranger.context.close();

    await teacher.page.goto(`${server.url}/class/${code}/image`);
    await teacher.page.locator('.cm-content').first().click();
    await teacher.page.keyboard.press('Control+A');
    await teacher.page.keyboard.type('FORM busybox\nRUN true\n');
    await teacher.sees(/unknown instruction: FORM \(did you mean FROM\?\)/);
    await teacher.page.getByRole('button', { name: 'Build', exact: true }).click();
    await teacher.sees(/unknown instruction/);
    expect(await teacher.page.getByRole('button', { name: /^Publish/ }).count()).toBe(0);
  });

  it('puts no barrier in anybody’s way, on any of its screens', async () => {
    expect(await ana.barriers()).toEqual([]);
    const screens = [
      '/',
      '/host',
      '/host/new',
      `/join/${code}`,
      `/class/${code}/image`,
      `/class/${code}/board`,
      `/class/${code}/compare`,
      `/class/${code}/projector`,
    ];
    for (const screen of screens) {
      await teacher.page.goto(`${server.url}${screen}`);
      await teacher.page.waitForLoadState('networkidle');
      expect(await teacher.barriers(), screen).toEqual([]);
    }
  });

  it('lets neighbours swap images through the registry of the class', async () => {
    await ana.types('exit');
    await ana.types('docker commit web ana/mine:1');
    expect(await ana.types('docker push ana/mine:1')).toContain('Pushed');
    await bo.types('exit');
    expect(await bo.types('docker pull ana/mine:1')).toContain('Downloaded newer image for ana/mine:1');
    expect(await bo.types('docker run --rm ana/mine:1 cat /etc/motd')).toContain('ana');
  });

  it('throws a layer away with its container, and never the image', async () => {
    expect(await ana.types('docker rm web')).toContain('web');
    expect(await ana.types('docker run --rm motd:1.0 cat /etc/motd')).toContain('Welcome to the class');
    await ana.page.getByText(/verified here: 7 of 7/).waitFor();
  });

  it('made no page complain', () => {
    expect([...teacher.errors, ...ana.errors, ...bo.errors]).toEqual([]);
  });
});
