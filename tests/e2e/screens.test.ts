import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { castOf } from '../screens/cast';
import { inspect } from '../screens/inspect';
import { tour } from '../screens/tour';
import { launchBrowser } from '../support/browser';
import { part } from '../support/people';
import { type RunningServer, startServer } from '../support/start-server';

const browser: Browser | undefined = await launchBrowser();
/** `PICTURES=folder` keeps a PNG of each, for people to look at. */
const pictures = process.env.PICTURES;
describe.skipIf(!browser)('every screen and dialog, wide and narrow, light and dark', () => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer({ pages: true });
    if (pictures) mkdirSync(pictures, { recursive: true });
  });

  afterAll(() => part(browser, server));

  it('has nothing that axe minds, fits its window, and throws nothing', { timeout: 460_000 }, async () => {
    const cast = await castOf(browser!, server);
    const wrong: string[] = [];
    const seen: string[] = [];
    for await (const { name, page } of tour(cast)) {
      seen.push(name);
      const found = await inspect(page, name, pictures);
      if (pictures) console.log([name, ...found].join('\n  '));
      wrong.push(...found);
    }
    expect(wrong).toEqual([]);
    expect([...cast.teacher.errors, ...cast.ana.errors, ...cast.bo.errors]).toEqual([]);
    expect(new Set(seen).size).toBe(seen.length);
  });
});
