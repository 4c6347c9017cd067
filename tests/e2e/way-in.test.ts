import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser';
import { connect, hostCookie } from '../support/client';
import { firstLoadKb, pages } from '../support/first-load';
import { hostPrompt, part, Student } from '../support/people';
import { type RunningServer, startServer } from '../support/start-server';

/** The goal of a desk, and of everything else that people open on a telephone in a crowded room. */
const mostKb = 250;

it.each(Object.entries(pages))('%s begins with less JavaScript than the goal allows', (_, page) => {
  const kb = firstLoadKb(page);
  // React alone is more than that: a manifest that was not understood would pass any bound.
  expect(kb).toBeGreaterThan(100);
  expect(kb).toBeLessThan(mostKb);
});

const browser: Browser | undefined = await launchBrowser();

describe.skipIf(!browser)('the way in', () => {
  let server: RunningServer;
  let code: string;

  beforeAll(async () => {
    server = await startServer({ pages: true });
    const host = await connect(server.url, { cookie: await hostCookie(server.secret) });
    ({ code } = await host.get('class:open', { title: 'The way in' }));
    const dockerfile = 'FROM busybox\nRUN echo welcome > /etc/motd\n';
    await host.get('image:build', { code, reference: 'motd:1.0', dockerfile, files: [] });
    await host.get('image:publish', { code, reference: 'motd:1.0' });
    host.close();
  });

  afterAll(() => part(browser, server));

  it('goes over one line from the door to the prompt, and the seat is still theirs when it breaks', async () => {
    const ana = await Student.arrive(browser!, server.url);
    let lines = 0;
    ana.page.on('websocket', () => {
      lines += 1;
    });
    await ana.joins(code, 'Ana');
    expect(await ana.types('docker images -q motd')).toMatch(/[0-9a-f]{12}/);
    // A line that was closed and left open would have come back by now.
    await ana.page.waitForTimeout(1500);
    expect(lines).toBe(1);
    await ana.context.setOffline(true);
    await ana.sees(/offline|connect/i);
    await ana.context.setOffline(false);
    expect(await ana.types('echo back')).toContain('back');
    expect(lines).toBeGreaterThan(1);
    await ana.page.goBack().catch(() => {});
    await ana.page.goto(`${server.url}/join/${code}`);
    await ana.page.waitForURL(`**/class/${code}`);
    await ana.atPrompt(hostPrompt);
    expect(ana.errors).toEqual([]);
  });

  it('proves the image when the terminal stands', async () => {
    const ben = await Student.arrive(browser!, server.url);
    await ben.joins(code, 'Ben');
    await ben.sees(/✓/);
    await ben.context.close();
  });
});
