// npm run bench -- join [--runs 20] [--json] [--line devtools|packets] [--key 150] [--trace]
//
// A student's way in, in a real Chromium with an empty cache, four times slower than this computer
// (Emulation.setCPUThrottlingRate), on a fast 3G line: the join link, a name, the desk, the first prompt. The server is the
// built one (`npm run build` first), with a class that has published an image; each run takes a seat of its own there. One
// run before all others is not counted: a class has had its teacher on the server before.
//
// The line is simulated twice, for the two know different things:
//   devtools   Chromium's own preset “Fast 3G” (Network.emulateNetworkConditions: 1.6 Mbit/s × 0.9 down, 750 kbit/s × 0.9 up,
//              150 ms × 3.75 for each request; the factor stands for connecting, which is not simulated). A WebSocket is given
//              this delay once, when it opens, and its messages none.
//   packets    a line of 150 ms there and back, 1.6 Mbit/s down and 750 kbit/s up between browser and server: every message
//              pays for its way, those of a WebSocket too, and a connection costs one more (support/slow-line.ts)
//
// For each of them, in milliseconds by the page's own clock:
//
// promptP50Ms, promptP95Ms   from the press of the button beside the name until the terminal shows the first prompt and has
//                the keyboard. The name has five letters, typed one each `--key` milliseconds, and the button is pressed at once
// takesKeyP95Ms  from a key pressed then until it stands on the screen: the prompt was not a picture of one
// usableP50Ms, usableP95Ms   from opening the join link until the name field takes what is typed
// usable, prompt   of the median run, on those two ways: KiB that came, HTTP requests (a WebSocket is one), and round
//                trips: the longest row of requests and questions of which none began before the one before was answered
// `--trace` tells every request and question of every run.
//
// And once: firstLoadKb, KiB of gzipped JavaScript that the browser must have before each page works, from the build's
// manifests; runs, load, cores.
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser';
import { firstLoadKb, pages } from '../support/first-load';
import { startServer } from '../support/start-server';
import { number, percentile, rounded } from './support/numbers';
import { openClass } from './support/open-class';
import { slowLine } from './support/slow-line';
import { type Carried, Traffic } from './support/traffic';

const words = process.argv.slice(2);
const runs = number(words, '--runs', 20);
const keyMs = number(words, '--key', 150);
const trace = words.includes('--trace');
const only = words.includes('--line') ? words[words.indexOf('--line') + 1] : undefined;
const say = (text: string) => words.includes('--json') || console.error(text);

const slowdown = 4;
const line = { roundTripMs: 150, down: 1.6e6, up: 750e3 };
const preset = {
  offline: false,
  latency: line.roundTripMs * 3.75,
  downloadThroughput: (line.down / 8) * 0.9,
  uploadThroughput: (line.up / 8) * 0.9,
};

type Sight = 'usable' | 'pressed' | 'prompt' | 'key' | 'echo';

interface Run {
  readonly usableMs: number;
  readonly promptMs: number;
  readonly takesKeyMs: number;
  readonly usable: Carried;
  readonly prompt: Carried;
}

/** What the page sees (support/watch-page.js), and when: milliseconds since it was opened. */
class Sights {
  readonly #seen = new Map<Sight, number>();
  #heard = () => {};

  static async of(page: Page, session: CDPSession): Promise<Sights> {
    const sights = new Sights();
    session.on('Runtime.bindingCalled', ({ payload }) => {
      const { what, at } = JSON.parse(payload) as { what: Sight; at: number };
      sights.#seen.set(what, at);
      sights.#heard();
    });
    await session.send('Runtime.enable');
    await session.send('Runtime.addBinding', { name: 'tell' });
    await page.addInitScript({ path: fileURLToPath(new URL('./support/watch-page.js', import.meta.url)) });
    return sights;
  }

  /** Milliseconds since the page was opened. */
  async reached(what: Sight): Promise<number> {
    const until = Date.now() + 60_000;
    while (!this.#seen.has(what)) {
      const heard = new Promise<void>((resolve) => (this.#heard = resolve));
      await Promise.race([heard, sleep(until - Date.now())]);
      if (Date.now() >= until) throw new Error(`no ${what} within a minute; only ${[...this.#seen.keys()].join(', ')}`);
    }
    return this.#seen.get(what)!;
  }
}

/** No two of a class have the same name; five letters. */
let person = 100;

async function join(browser: Browser, url: string, kind: 'devtools' | 'packets' | 'none'): Promise<Run> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en' });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    const traffic = new Traffic(session);
    if (kind !== 'none') await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    if (kind === 'devtools') await session.send('Network.emulateNetworkConditions', preset);
    const sights = await Sights.of(page, session);
    await page.goto(url, { waitUntil: 'commit' });
    const usableMs = await sights.reached('usable');
    const usable = traffic.between(0, traffic.mark);
    await page.keyboard.type(`Al${++person}`, { delay: keyMs });
    const before = traffic.mark;
    await page.keyboard.press('Enter');
    const promptMs = (await sights.reached('prompt')) - (await sights.reached('pressed'));
    const prompt = traffic.between(before, traffic.mark);
    await page.keyboard.press('x');
    const takesKeyMs = (await sights.reached('echo')) - (await sights.reached('key'));
    if (trace && kind !== 'none') for (const told of traffic.told()) console.error(told);
    return { usableMs, promptMs, takesKeyMs, usable, prompt };
  } finally {
    await context.close();
  }
}

function summary(all: readonly Run[]) {
  const of = (value: (run: Run) => number, share: number) => Math.round(percentile(all.map(value), share));
  const median = all.toSorted((a, b) => a.promptMs - b.promptMs)[Math.floor(all.length / 2)]!;
  return {
    promptP50Ms: of((run) => run.promptMs, 0.5),
    promptP95Ms: of((run) => run.promptMs, 0.95),
    takesKeyP95Ms: of((run) => run.takesKeyMs, 0.95),
    usableP50Ms: of((run) => run.usableMs, 0.5),
    usableP95Ms: of((run) => run.usableMs, 0.95),
    usable: median.usable,
    prompt: median.prompt,
  };
}

const load = rounded(loadavg()[0]!);
const browser = await launchBrowser();
if (!browser) process.exit(1);
const server = await startServer({ pages: true });
const { host, code } = await openClass(server);
host.close();
const slow = await slowLine({ to: server.port, ...line });
await join(browser, `${server.url}/join/${code}`, 'none');
const measured: Record<string, ReturnType<typeof summary>> = {};
for (const kind of ['devtools', 'packets'] as const) {
  if (only && only !== kind) continue;
  const port = kind === 'packets' ? slow.port : server.port;
  const all: Run[] = [];
  for (let run = 0; run < runs; run++) {
    const found = await join(browser, `http://localhost:${port}/join/${code}`, kind);
    say(`${kind} ${run + 1}: usable ${Math.round(found.usableMs)} ms, prompt ${Math.round(found.promptMs)} ms`);
    all.push(found);
  }
  measured[kind] = summary(all);
}
const result = {
  ...measured,
  firstLoadKb: Object.fromEntries(Object.entries(pages).map(([name, page]) => [name, firstLoadKb(page)])),
  runs,
  load,
  cores: availableParallelism(),
};
if (words.includes('--json')) console.log(JSON.stringify(result));
else for (const [name, value] of Object.entries(result)) console.log(`${name.padEnd(12)} ${JSON.stringify(value)}`);

slow.close();
await browser.close();
await server.stop();
process.exit(0);
