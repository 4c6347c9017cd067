import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser';
import { containerPrompt, meet, part, Student, type Teacher } from '../support/people';
import type { RunningServer } from '../support/start-server';

const browser: Browser | undefined = await launchBrowser();
const slow = { timeout: 20_000 };
const times = (text: string, what: RegExp) => [...text.matchAll(what)].length;

/** One seat, whatever happens to its pages: one state, and nothing twice. */
describe.skipIf(!browser)('coming back', () => {
  let server: RunningServer;
  let teacher: Teacher;
  let ana: Student;
  let code: string;

  beforeAll(async () => {
    ({ server, teacher, ana, code } = await meet(browser!, { title: 'Coming back', board: true }));
  });

  afterAll(() => part(browser, server));

  it('begins with one student at work', async () => {
    await ana.joins(code, 'Ana');
    await ana.types('docker run -it --name web motd:1.0 sh', containerPrompt);
    await ana.types('echo started > /log', containerPrompt);
  });

  it('reloads twenty times in a row: the same screen, the same prompt, one seat', async () => {
    const before = await ana.transcript();
    for (let i = 0; i < 20; i++) {
      await ana.page.reload({ waitUntil: 'domcontentloaded' });
      // Some of them in the middle of connecting, some after it.
      if (i % 4 === 3) await expect.poll(() => ana.transcript().catch(() => ''), slow).toBe(before);
    }
    await expect.poll(() => ana.transcript(), slow).toBe(before);
    expect(await ana.types('cat /log', containerPrompt)).toContain('started');
    await teacher.sees(/1 person/);
  });

  it('types in one of two tabs and sees it in both, once', async () => {
    const other = new Student(await ana.context.newPage(), ana.context, server.url);
    await other.page.goto(`${server.url}/class/${code}`);
    await other.atPrompt(containerPrompt);
    await ana.types('echo first tab | tee -a /log', containerPrompt);
    await expect.poll(() => other.transcript(), slow).toMatch(/\nfirst tab/);
    await other.types('echo second tab | tee -a /log', containerPrompt);
    await expect.poll(() => ana.transcript(), slow).toMatch(/\nsecond tab/);
    const said = await ana.types('cat /log', containerPrompt);
    expect([times(said, /first tab/g), times(said, /second tab/g)]).toEqual([1, 1]);
    await expect.poll(() => other.transcript(), slow).toBe(await ana.transcript());
    await other.page.close();
  });

  it('goes on where it was on another device, by the link of the seat', async () => {
    const link = await ana.page.evaluate(
      (key) => `${location.href}#seat=${encodeURIComponent(localStorage.getItem(key)!)}`,
      `dockerland:seat:${code}`,
    );
    const phone = await Student.arrive(browser!, server.url);
    await phone.page.setViewportSize({ width: 390, height: 844 });
    await phone.page.goto(link);
    await phone.atPrompt(containerPrompt);
    expect(phone.page.url()).not.toContain('seat=');
    expect(await phone.types('cat /log', containerPrompt)).toContain('second tab');
    await expect.poll(() => ana.transcript(), slow).toBe(await phone.transcript());
    await teacher.sees(/1 person/);
    expect(phone.errors).toEqual([]);
    await phone.context.close();
  });

  it('keeps what is typed without a network, says so, and sends it once', async () => {
    await ana.context.setOffline(true);
    await ana.sees(/Not connected: trying again/);
    await ana.page.locator('.xterm-helper-textarea').focus();
    await ana.page.keyboard.type('echo offline | tee -a /log\n');
    await ana.sees(/kept and will be sent/);
    await ana.context.setOffline(false);
    await expect.poll(() => ana.text(), slow).not.toMatch(/Not connected/);
    await expect.poll(() => ana.transcript(), slow).toMatch(/\noffline/);
    await ana.atPrompt(containerPrompt);
    expect(times(await ana.types('cat /log', containerPrompt), /offline/g)).toBe(1);
    await expect.poll(() => teacher.page.getByRole('row', { name: /\/log/ }).count(), slow).toBe(1);
  });

  it('wakes from a sleep of the page as it would have been without: nothing lost, nothing twice', async () => {
    const browserSide = await ana.context.newCDPSession(ana.page);
    await ana.page.locator('.xterm-helper-textarea').focus();
    await ana.page.keyboard.type('(sleep 8; echo while asleep | tee -a /log) &\n');
    await browserSide.send('Page.setWebLifecycleState', { state: 'frozen' });
    // Longer than the server waits for a sign of life.
    await new Promise((resolve) => setTimeout(resolve, 25_000));
    await browserSide.send('Page.setWebLifecycleState', { state: 'active' });
    const said = async () => times(await ana.transcript(), /while asleep/g);
    // Once as it was typed, once as it was said.
    await expect.poll(said, slow).toBe(2);
    await ana.page.keyboard.type('\n');
    await ana.atPrompt(containerPrompt);
    expect(times(await ana.types('cat /log', containerPrompt), /while asleep/g)).toBe(1);
    await browserSide.detach();
  });

  it('has missed more than is kept: the end of it stands there, and what was typed meanwhile comes after it, once', async () => {
    const other = new Student(await ana.context.newPage(), ana.context, server.url);
    await other.page.goto(`${server.url}/class/${code}`);
    await other.atPrompt(containerPrompt);
    const keys = async (student: Student, line: string) => {
      await student.page.locator('.xterm-helper-textarea').focus();
      await student.page.keyboard.type(`${line}\n`);
    };
    // Only this one page has no network.
    const cut = await ana.context.newCDPSession(ana.page);
    await cut.send('Network.enable');
    const network = { offline: true, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
    await cut.send('Network.emulateNetworkConditions', network);
    await ana.sees(/Not connected: trying again/);
    await keys(ana, 'echo meanwhile | tee -a /log');
    await keys(other, 'seq 1 60000; echo the end');
    await expect.poll(() => other.transcript(), slow).toMatch(/\n60000\nthe end/);
    await cut.send('Network.emulateNetworkConditions', { ...network, offline: false });
    await expect.poll(() => ana.transcript(), slow).toMatch(/\n60000\nthe end\n.*\nmeanwhile/);
    await expect.poll(() => other.transcript(), slow).toBe(await ana.transcript());
    expect(times(await ana.types('cat /log', containerPrompt), /meanwhile/g)).toBe(1);
    await other.types('echo after', containerPrompt);
    await expect.poll(() => ana.transcript(), slow).toMatch(/\nafter/);
    await other.page.close();
  });

  it('has made one seat, one computer and one container, and no page complained', async () => {
    expect(await teacher.text()).toMatch(/One image, 1 sheet/);
    expect([...teacher.errors, ...ana.errors]).toEqual([]);
  });
});
