import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { percentile, rounded } from './numbers';

/** What is noted in the page from its first moment: long tasks, frames, and when rows that are waited for were painted. */
interface Noted {
  longTasks: number[];
  frames: number[];
  /** By path: when its row was painted, milliseconds since the epoch. */
  painted: Record<string, number>;
  /** When so many containers stood on the board, milliseconds after the navigation. */
  fullAt?: number;
}

/** Runs in the page, before anything of its own does. `containers`: how many make the board full. */
function note({ containers }: { readonly containers: number }): void {
  const noted: Noted = { longTasks: [], frames: [], painted: {} };
  (window as unknown as { noted: Noted }).noted = noted;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) noted.longTasks.push(duration);
  }).observe({ type: 'longtask' });
  const counted = () => [...document.querySelectorAll('dl dd')].map((found) => found.textContent);
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    noted.frames.push(now - last);
    last = now;
    if (noted.fullAt === undefined && counted().includes(String(containers))) noted.fullAt = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  const seen = new Set<string>();
  new MutationObserver((records) => {
    if (!records.some(({ addedNodes }) => addedNodes.length > 0)) return;
    for (const head of document.querySelectorAll<HTMLElement>('th[scope=row][title*="/probe-"]')) {
      if (seen.has(head.title)) continue;
      seen.add(head.title);
      const path = head.title;
      requestAnimationFrame(() => {
        noted.painted[path] = performance.timeOrigin + performance.now();
      });
    }
  }).observe(document, { childList: true, subtree: true });
}

export interface Window {
  /** Tasks of the main thread that took more than 50 ms. */
  readonly longTasks: number;
  readonly longestTaskMs: number;
  /** Milliseconds a second beyond the first 50 of each long task: as long nothing that was pressed would have answered. */
  readonly blockedMsPerSecond: number;
  readonly scriptMsPerSecond: number;
  /** Layout, styles and painting included. */
  readonly taskMsPerSecond: number;
  readonly layoutMsPerSecond: number;
  readonly styleMsPerSecond: number;
  readonly frameP50Ms: number;
  readonly frameP99Ms: number;
}

/** A host's board in a browser, and what its main thread does. */
export class BoardPage {
  private constructor(
    readonly page: Page,
    readonly cdp: CDPSession,
  ) {}

  static async open(context: BrowserContext, containers: number): Promise<BoardPage> {
    const page = await context.newPage();
    // What runs this file names its functions with a helper that pages do not have.
    await page.addInitScript('globalThis.__name = (made) => made');
    await page.addInitScript(note, { containers });
    const cdp = await context.newCDPSession(page);
    await cdp.send('Performance.enable');
    return new BoardPage(page, cdp);
  }

  /** `rate` 4: as if this computer were four times slower. */
  async slow(rate: number): Promise<void> {
    await this.cdp.send('Emulation.setCPUThrottlingRate', { rate });
  }

  /** Milliseconds from the navigation until all containers stood on the board. */
  async full(url: string): Promise<number> {
    await this.page.goto(url);
    await this.page.waitForFunction(() => (window as unknown as { noted: Noted }).noted.fullAt !== undefined, null, {
      timeout: 120_000,
    });
    return this.page.evaluate(() => (window as unknown as { noted: Noted }).noted.fullAt!);
  }

  /** The matrix shows its last rows, however many come: those that are waited for are last. */
  async toTheEnd(): Promise<void> {
    await this.page.evaluate(() => {
      const list = document.querySelector('table')!.parentElement!;
      setInterval(() => list.scrollTo(0, 1e6), 500);
    });
  }

  /** The longest task since the last were taken, milliseconds. */
  async longest(): Promise<number> {
    return Math.max(0, ...(await this.#take()).longTasks);
  }

  async heapMb(): Promise<number> {
    await this.cdp.send('HeapProfiler.collectGarbage');
    return rounded((await this.#metrics()).JSHeapUsedSize! / 2 ** 20);
  }

  /** What the page did while this went on. */
  async during(work: () => Promise<void>): Promise<Window> {
    await this.#take();
    const before = await this.#metrics();
    await work();
    const after = await this.#metrics();
    const { longTasks, frames } = await this.#take();
    const seconds = after.Timestamp! - before.Timestamp!;
    const perSecond = (name: string) => rounded(((after[name]! - before[name]!) * 1000) / seconds);
    return {
      longTasks: longTasks.length,
      longestTaskMs: Math.max(0, ...longTasks),
      blockedMsPerSecond: rounded(longTasks.reduce((sum, ms) => sum + ms - 50, 0) / seconds),
      scriptMsPerSecond: perSecond('ScriptDuration'),
      taskMsPerSecond: perSecond('TaskDuration'),
      layoutMsPerSecond: perSecond('LayoutDuration'),
      styleMsPerSecond: perSecond('RecalcStyleDuration'),
      frameP50Ms: rounded(percentile(frames, 0.5)),
      frameP99Ms: rounded(percentile(frames, 0.99)),
    };
  }

  /** When each probe's row was painted, milliseconds since the epoch, by its path. */
  painted(): Promise<Readonly<Record<string, number>>> {
    return this.page.evaluate(() => (window as unknown as { noted: Noted }).noted.painted);
  }

  /** What was noted since it was last taken. */
  #take(): Promise<Pick<Noted, 'longTasks' | 'frames'>> {
    return this.page.evaluate(() => {
      const { noted } = window as unknown as { noted: Noted };
      return { longTasks: noted.longTasks.splice(0), frames: noted.frames.splice(0) };
    });
  }

  async #metrics(): Promise<Readonly<Record<string, number>>> {
    const { metrics } = await this.cdp.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  }
}
