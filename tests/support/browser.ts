import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium } from 'playwright-core';

const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Quiet and closed in: nothing is looked up or fetched from anywhere but the page under test. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** A real Chromium: the system's, else the one inside @sparticuz/chromium. Undefined where neither runs. */
export async function launchBrowser(): Promise<Browser | undefined> {
  const installed = process.env.CHROMIUM ?? system.find((path) => existsSync(path));
  try {
    if (installed) return await chromium.launch({ executablePath: installed, args: flags });
    const packed = createRequire(import.meta.url)('@sparticuz/chromium').default;
    return await chromium.launch({ executablePath: await packed.executablePath(), args: [...packed.args, ...flags] });
  } catch (error) {
    console.warn(
      `SKIPPED: no Chromium could be started (${(error as Error).message.split('\n')[0]}). Install chromium, or set CHROMIUM to its path.`,
    );
    return undefined;
  }
}
