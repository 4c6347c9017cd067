import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type RunningServer, type StartOptions, startServer } from './start-server';

/** What the terminal's prompts look like, host and container. */
export const hostPrompt = /\w+@laptop:\S*\$$/;
export const containerPrompt = /^\/\S* #$/m;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Someone with a browser of their own. Every error that a page throws or logs is kept: there must be none. */
export class Person {
  readonly errors: string[] = [];

  constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    readonly url: string,
  ) {
    page.on('pageerror', (error) => this.errors.push(error.message));
  }

  static async arrive<T extends Person>(
    this: new (
      page: Page,
      context: BrowserContext,
      url: string,
    ) => T,
    browser: Browser,
    url: string,
  ): Promise<T> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en' });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    return new this(page, context, url);
  }

  /** The text of the whole screen. */
  text(): Promise<string> {
    return this.page.locator('body').innerText();
  }

  /** What axe finds wrong on the screen as it is now: the rule, and where. */
  async barriers(): Promise<readonly string[]> {
    await this.page.evaluate(axe);
    return this.page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { target: unknown }[] }[] }> };
      };
      const { violations } = await axe.run();
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${String(target)}`));
    });
  }

  async sees(words: string | RegExp): Promise<void> {
    await expect.poll(() => this.text(), { timeout: 20_000 }).toMatch(words);
  }
}

export class Teacher extends Person {
  async signIn(passphrase: string, name = 'Ms Rivera'): Promise<void> {
    await this.page.goto(`${this.url}/sign-in`);
    await this.page.getByLabel('Your name').fill(name);
    await this.page.getByLabel('Host passphrase').fill(passphrase);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await this.page.waitForURL('**/host');
  }

  /** A class with the image that the editor offers, built and published. Answers its code. */
  async opensClass(title: string): Promise<string> {
    await this.page.goto(`${this.url}/host/new`);
    await this.page.getByLabel('Title').fill(title);
    await this.page.getByRole('button', { name: 'Next: the image' }).click();
    await this.page.waitForURL('**/image');
    await this.page.getByRole('button', { name: 'Build', exact: true }).click();
    await this.page.getByRole('button', { name: /^Publish/ }).click();
    await this.page.getByText('is published').waitFor();
    return new URL(this.page.url()).pathname.split('/')[2]!;
  }

  /** From the door to a class with an image; answers its code. */
  async begins(passphrase: string, title: string): Promise<string> {
    await this.signIn(passphrase);
    return this.opensClass(title);
  }

  async watchesBoard(code: string): Promise<void> {
    await this.page.goto(`${this.url}/class/${code}/board`);
    await this.page.getByRole('heading', { name: 'Where they differ', exact: true }).waitFor();
  }

  /** The cell of the difference matrix: `+`, `~`, `−` or empty, by path and the person's name. */
  async cell(path: string): Promise<string> {
    return this.page.getByRole('row').filter({ hasText: path }).first().innerText();
  }
}

export class Student extends Person {
  async joins(code: string, name: string): Promise<void> {
    await this.page.goto(`${this.url}/join/${code}`);
    await this.page.getByLabel('Your name').fill(name);
    await this.page.getByRole('button', { name: 'Go in' }).click();
    await this.page.waitForURL(`**/class/${code}`);
    await this.atPrompt(hostPrompt);
  }

  async transcript(): Promise<string> {
    const text = await this.page.getByRole('log', { name: 'What the terminal says, as text' }).innerText();
    return text.replace(/\n\n/g, '\n');
  }

  /** The last line is a prompt, and nothing has been typed at it. */
  async atPrompt(prompt: RegExp): Promise<void> {
    const last = async () => (await this.transcript()).trimEnd().split('\n').pop()!.trim();
    await expect.poll(last, { timeout: 20_000 }).toMatch(prompt);
  }

  /** Types a line and waits for the prompt after it; answers what stands on the screen after the line. */
  async types(line: string, prompt = hostPrompt): Promise<string> {
    const before = await this.#times(line);
    await this.page.locator('.xterm-helper-textarea').focus();
    await this.page.keyboard.type(`${line}\n`);
    await expect.poll(() => this.#times(line), { timeout: 20_000 }).toBeGreaterThan(before);
    await this.atPrompt(prompt);
    const text = await this.transcript();
    return text.slice(text.lastIndexOf(line) + line.length);
  }

  /** How often this stands on the screen already: a line that was typed before is not taken for the one just typed. */
  async #times(line: string): Promise<number> {
    return (await this.transcript()).split(line).length - 1;
  }
}

export interface People {
  readonly teacher: Teacher;
  readonly ana: Student;
  readonly bo: Student;
}

/** A teacher and two students at a server's door, each with a browser that shares nothing with the others. */
export async function peopleAt(browser: Browser, url: string): Promise<People> {
  return {
    teacher: await Teacher.arrive(browser, url),
    ana: await Student.arrive(browser, url),
    bo: await Student.arrive(browser, url),
  };
}

export interface Meeting extends People {
  readonly server: RunningServer;
  /** Of the class; empty as long as nobody has opened one. */
  readonly code: string;
}

export interface MeetingOptions extends StartOptions {
  /** The teacher has signed in and opened a class of this title. */
  readonly title?: string;
  /** And looks at its board. */
  readonly board?: boolean;
}

/** What a test of people begins with: a server, those who come to it, and as much of a class as is wanted. */
export async function meet(browser: Browser, { title, board, ...options }: MeetingOptions = {}): Promise<Meeting> {
  const server = await startServer({ pages: true, ...options });
  try {
    const people = await peopleAt(browser, server.url);
    const code = title === undefined ? '' : await people.teacher.begins(server.passphrase, title);
    if (board) await people.teacher.watchesBoard(code);
    return { server, ...people, code };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** And what it ends with; also when it never began. */
export async function part(browser: Browser | undefined, server: RunningServer | undefined): Promise<void> {
  await browser?.close();
  await server?.stop();
}
