import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../lib/catalog';
import { MemoryContent } from '../../lib/content';
import { loadArchive, makeImage, parseImageName, saveArchive } from '../../lib/image';
import { asDiffId, TarWriter } from '../../lib/layer';
import { docker, run } from '../interop/tools';
import { launchBrowser } from '../support/browser';
import { containerPrompt, meet, part, type Student, type Teacher } from '../support/people';
import type { RunningServer } from '../support/start-server';

const browser: Browser | undefined = await launchBrowser();

/** An image that somebody made elsewhere: a shell below, one file of its own above. */
function fromElsewhere() {
  const content = new MemoryContent();
  const base = catalogue.find(({ reference }) => reference.startsWith('busybox'))!.build(content);
  const bytes = new TextEncoder().encode('this image came as an archive\n');
  const tar = new TarWriter();
  // Too long for one message of the socket: every browser fetches this layer.
  const long = new Uint8Array(5 * 2 ** 20).fill(7);
  tar.add({ name: 'long', kind: 'file', mode: 0o644, uid: 0, gid: 0, mtime: 0n, size: long.length }, long);
  const header = { name: 'from', kind: 'file', mode: 0o644, uid: 0, gid: 0, mtime: 0n, size: bytes.length } as const;
  tar.add(header, bytes);
  const image = makeImage(content, {
    diffIds: [...base.config.rootfs.diff_ids, asDiffId(content.put(tar.finish()))],
    config: base.config.config ?? {},
    history: [
      ...(base.config.history ?? []),
      { created: '2026-01-05T09:00:00Z', created_by: 'COPY from / # buildkit' },
    ],
    created: '2026-01-05T09:00:00Z',
  });
  return { image, archive: saveArchive(content, [{ image, references: [parseImageName('elsewhere:3')] }]) };
}

/** One image from its archive to a student's terminal, and home again. The steps build on one another. */
describe.skipIf(!browser)('an image that comes as an archive', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dockerland-archives-'));
  const file = join(folder, 'elsewhere.tar.gz');
  const { image, archive } = fromElsewhere();
  let server: RunningServer;
  let teacher: Teacher;
  let ana: Student;
  let code: string;

  beforeAll(async () => {
    writeFileSync(file, gzipSync(archive));
    ({ server, teacher, ana } = await meet(browser!));
    await teacher.signIn(server.passphrase);
    await teacher.page.goto(`${server.url}/host/new`);
    await teacher.page.getByLabel('Title').fill('From elsewhere');
    await teacher.page.getByRole('button', { name: 'Next: the image' }).click();
    await teacher.page.waitForURL('**/image');
    code = new URL(teacher.page.url()).pathname.split('/')[2]!;
  });

  afterAll(async () => {
    await part(browser, server);
    rmSync(folder, { recursive: true, force: true });
  });

  const choose = (path: string) => teacher.page.locator('input[type=file][accept*=".tar"]').setInputFiles(path);

  it('is refused with a sentence when it is none', async () => {
    const bad = join(folder, 'holiday.tar');
    writeFileSync(bad, 'no archive at all');
    await choose(bad);
    await teacher.page
      .getByRole('alert')
      .filter({ hasText: /archive/ })
      .waitFor();
  });

  it('is sent, checked, and shown with its exact id', async () => {
    await choose(file);
    await teacher.sees(/elsewhere\.tar\.gz holds one image/);
    await teacher.sees(image.imageId);
    await teacher.sees('elsewhere:3');
    expect(await teacher.barriers()).toEqual([]);
    await shots(teacher.page, 'archive-found');
  });

  it('is published as it is', async () => {
    await teacher.page.getByRole('button', { name: 'Publish this image' }).click();
    await teacher.sees(/elsewhere:3 is published/);
  });

  it('is run by a student', async () => {
    await ana.joins(code, 'Ana');
    expect(await ana.types('docker images --no-trunc')).toContain(image.imageId);
    await ana.types('docker run -it --name web elsewhere:3 sh', containerPrompt);
    expect(await ana.types('cat /from', containerPrompt)).toContain('this image came as an archive');
    await ana.types('echo ana > /mine', containerPrompt);
    await ana.page.getByText(/verified here: (\d+) of \1/).waitFor();
  });

  /** Presses a form of “Take it home” and answers the file that came. */
  async function takes(page: Page, form: string): Promise<{ name: string; path: string; bytes: Uint8Array }> {
    const [came] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('dialog').getByRole('button', { name: form, exact: true }).click(),
    ]);
    const path = join(folder, came.suggestedFilename());
    await came.saveAs(path);
    return { name: came.suggestedFilename(), path, bytes: new Uint8Array(readFileSync(path)) };
  }

  it('goes home from the board with the digest that the board shows', async () => {
    await teacher.watchesBoard(code);
    await teacher.page
      .getByRole('button', { name: /^verified here|verified here/ })
      .first()
      .click();
    const shown = await teacher.page.getByRole('dialog').innerText();
    await teacher.page.keyboard.press('Escape');
    await teacher.page.getByRole('button', { name: 'Take it home' }).click();
    const { name, path, bytes } = await takes(teacher.page, 'Docker archive');
    expect(name).toBe('elsewhere-3.tar');
    const [home] = loadArchive(new MemoryContent(), bytes);
    expect(home!.image.imageId).toBe(image.imageId);
    expect(shown).toContain(home!.image.manifestDigest.slice(7, 19));
    const dialog = await teacher.page.getByRole('dialog').innerText();
    expect(dialog).toContain('docker load -i elsewhere-3.tar');
    expect(dialog).toContain(image.imageId);
    expect(await teacher.barriers()).toEqual([]);
    await shots(teacher.page, 'take-home');
    if (!docker) return console.warn('SKIPPED: no Docker Engine to load it into.');
    expect(run('docker', 'load', '-i', path)).toContain('elsewhere:3');
    expect(run('docker', 'inspect', '-f', '{{.Id}}', 'elsewhere:3').trim()).toBe(image.imageId);
    run('docker', 'rmi', 'elsewhere:3');
  });

  it('goes home as an OCI layout too', async () => {
    const { name, bytes } = await takes(teacher.page, 'OCI layout');
    expect(name).toBe('elsewhere-3-oci.tar');
    expect(loadArchive(new MemoryContent(), bytes)[0]!.image.imageId).toBe(image.imageId);
    await teacher.page.keyboard.press('Escape');
  });

  it('lets a student take their container home, as an image and as files', async () => {
    await ana.page.getByRole('button', { name: 'Take it home' }).click();
    await ana.page.getByRole('radio', { name: /The container/ }).check();
    const { name, bytes } = await takes(ana.page, 'Docker archive');
    expect(name).toBe('web.tar');
    const [home] = loadArchive(new MemoryContent(), bytes);
    expect(await ana.page.getByRole('dialog').innerText()).toContain(home!.image.imageId);
    const own = image.config.rootfs.diff_ids;
    expect(home!.image.config.rootfs.diff_ids.slice(0, own.length)).toEqual(own);
    expect(home!.image.config.rootfs.diff_ids).toHaveLength(own.length + 1);
    const files = await takes(ana.page, 'Only the files');
    expect(files.name).toMatch(/^[0-9a-f]{12}-rootfs\.tar$/);
    expect(Buffer.from(files.bytes).includes('this image came as an archive')).toBe(true);
    expect(await ana.barriers()).toEqual([]);
    await shots(ana.page, 'take-container');
    await ana.page.keyboard.press('Escape');
    // She is where she was.
    expect(await ana.types('cat /mine', containerPrompt)).toContain('ana');
  });

  it('shows no error to anybody', () => expect([...teacher.errors, ...ana.errors]).toEqual([]));
});

/** With PICTURES=folder: what it looks like, wide and narrow, light and dark. */
async function shots(page: Page, name: string): Promise<void> {
  const { PICTURES } = process.env;
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  const size = page.viewportSize()!;
  for (const width of [1440, 390])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(PICTURES, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: null });
}
