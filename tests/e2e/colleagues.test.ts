import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser';
import { containerPrompt, meet, Person, part, type Student, Teacher } from '../support/people';
import type { RunningServer } from '../support/start-server';

const browser: Browser | undefined = await launchBrowser();
const slow = { timeout: 20_000 };

/** Who comes by a link: to look on, without anything to do; to teach too, with everything. Each has a browser of their own. */
describe.skipIf(!browser)('links for colleagues', () => {
  let server: RunningServer;
  let teacher: Teacher;
  let ana: Student;
  let viewer: Person;
  let second: Teacher;
  let code: string;

  const at = (path: string) => `${server.url}/class/${code}${path}`;
  /** What stands in the class's address bar once a screen that is not theirs has led them on. */
  const ledTo = (person: Person) => expect.poll(() => new URL(person.page.url()).pathname, slow);
  async function link(name: string): Promise<string> {
    const place = teacher.page.locator('code', { hasText: '#link=' });
    const before = (await place.count()) ? await place.textContent() : '';
    await teacher.page.getByRole('button', { name }).click();
    await expect.poll(async () => (await place.count()) && place.textContent(), slow).not.toBe(before);
    await place.waitFor();
    return (await place.textContent())!;
  }

  beforeAll(async () => {
    ({ server, teacher, ana, code } = await meet(browser!, { title: 'Colleagues', board: true }));
    viewer = await Person.arrive(browser!, server.url);
    second = await Teacher.arrive(browser!, server.url);
  });

  afterAll(() => part(browser, server));

  it('begin with a student who is stuck', async () => {
    await ana.joins(code, 'Ana');
    await ana.types('docker run -it --name web motd:1.0 sh', containerPrompt);
    await ana.types('echo ana > /etc/motd', containerPrompt);
    for (let n = 0; n < 3; n++) await ana.types('cat /nowhere', containerPrompt);
  });

  it('to look on: the board and comparisons, nothing to do, and nobody’s trouble', async () => {
    await viewer.page.goto(await link('Link to look on'));
    await viewer.sees(/Where they differ/);
    expect(viewer.page.url()).not.toContain('link=');
    await teacher.sees(/stuck: cat \/nowhere/);
    await expect.poll(() => viewer.text(), slow).toContain('/etc/motd');
    expect(await viewer.page.content()).not.toContain('/nowhere');
    for (const name of ['Stop the terminals', 'Lock', 'Show on the projector'])
      expect(await viewer.page.getByRole('button', { name }).count(), name).toBe(0);
    await viewer.page
      .getByRole('button', { name: /^Pick Ana/ })
      .first()
      .click();
    await viewer.page.getByRole('button', { name: 'Compare with the image' }).click();
    await viewer.page.waitForURL('**/compare?**');
    await viewer.sees(/Ana · web/);
    await viewer.page.getByRole('link', { name: 'Board' }).click();
    await viewer.sees(/Where they differ/);
    expect(await viewer.barriers()).toEqual([]);
    // There is no computer of theirs, and nothing of the host's.
    for (const path of ['', '/image', '/look/somebody']) {
      await viewer.page.goto(at(path));
      await ledTo(viewer).toBe(`/class/${code}/board`);
      await viewer.sees(/Where they differ/);
    }
  });

  it('to teach too: asks to sign in, comes back by itself, and has every tool', async () => {
    await second.page.goto(await link('Link to teach too'));
    await second.sees(/You are invited by a link of this class/);
    expect(await second.barriers()).toEqual([]);
    await second.page.getByRole('link', { name: 'Sign in' }).click();
    await second.page.getByLabel('Your name').fill('Mr Osei');
    await second.page.getByLabel('Host passphrase').fill(server.passphrase);
    await second.page.getByRole('button', { name: 'Sign in' }).click();
    await ledTo(second).toBe(`/class/${code}/board`);
    await second.sees(/stuck: cat \/nowhere/);
    await second.page.getByRole('button', { name: 'Stop the terminals' }).click();
    await ana.sees(/has stopped the terminals/);
    await second.page.getByRole('button', { name: 'Let them go on' }).click();
    await second.page.goto(at('/image'));
    await second.sees(/Build it as often as you like/);
    await second.page.goto(`${server.url}/host`);
    await second.sees(/Colleagues/);
  });

  it('made void: whoever looks on is out, who teaches stays', async () => {
    await teacher.page.getByRole('button', { name: 'Make all such links void' }).click();
    await viewer.sees(/This link is not valid any more/);
    await second.watchesBoard(code);
    await second.sees(/Stop the terminals/);
    // A student has a desk, also where a host has a workshop.
    await ana.page.goto(at('/image'));
    await ledTo(ana).toBe(`/class/${code}`);
    await ana.atPrompt(containerPrompt);
    for (const person of [teacher, ana, viewer, second]) expect(person.errors).toEqual([]);
  });
});
