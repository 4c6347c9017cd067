import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MemoryContent } from '../../lib/content';
import { parseImageName, saveArchive } from '../../lib/image';
import { gzip } from '../../lib/layer';
import { changedTar } from '../../lib/snapshot';
import { everyKind, workedImage } from '../interop/images';
import { launchBrowser } from '../support/browser';
import { digests } from './browser-entry';

const browser = await launchBrowser();
afterAll(() => browser?.close());

/** The same code, bundled as for the pages, in a real browser. */
describe.runIf(browser)('in Chromium', () => {
  let script = '';
  beforeAll(async () => {
    const entry = fileURLToPath(new URL('browser-entry.ts', import.meta.url));
    const built = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      platform: 'browser',
      format: 'iife',
      target: 'es2022',
    });
    script = built.outputFiles[0]!.text;
  });

  it.each(['plain', 'gzip'])('a %s archive comes to the same digests as in Node', async (form) => {
    expect(script).not.toMatch(/["']node:/);
    const content = new MemoryContent();
    const image = workedImage(content, [everyKind()], (union) => changedTar(union.sheet));
    const archive = saveArchive(content, [{ image, references: [parseImageName('browser:1')] }]);
    const sent = form === 'gzip' ? gzip(archive) : archive;
    const page = await browser!.newPage();
    await page.addScriptTag({ content: script });
    const text = Buffer.from(sent).toString('base64');
    const theirs = await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      return (globalThis as unknown as { digestsOf: (archive: Uint8Array) => Promise<unknown> }).digestsOf(bytes);
    }, text);
    expect(theirs).toEqual(JSON.parse(JSON.stringify(await digests(sent))));
    await page.close();
  });
});
