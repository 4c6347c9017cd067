import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const built = fileURLToPath(new URL('../../.next', import.meta.url));

/** A page's path as its folder is called, and what the build calls it. */
export const pages = {
  join: '/join/[code]/page',
  desk: '/class/[code]/page',
  board: '/class/[code]/board/page',
  host: '/host/page',
} as const;

interface PageManifest {
  /** By layout, page or boundary: the scripts that its components in the browser need. */
  readonly entryJSFiles: Readonly<Record<string, readonly string[]>>;
}

/** Scripts that a browser must have before this page works: those of every page, and of the page with all that is around it. */
function scriptsOf(page: string): readonly string[] {
  const every = JSON.parse(read('build-manifest.json')) as { readonly rootMainFiles: readonly string[] };
  const text = read(`server/app${page}_client-reference-manifest.js`);
  const own = JSON.parse(text.slice(text.indexOf('] = ') + 4).replace(/;\s*$/, '')) as PageManifest;
  return [...new Set([...every.rootMainFiles, ...Object.values(own.entryJSFiles).flat()])];
}

const read = (file: string) => readFileSync(join(built, file), 'utf8');

/** KiB of a page's first JavaScript, each file by itself as gzip makes it at its usual level. What is loaded later is not in it. */
export function firstLoadKb(page: string): number {
  const bytes = scriptsOf(page).map((file) => gzipSync(readFileSync(join(built, file))).length);
  return Math.round((bytes.reduce((sum, one) => sum + one, 0) / 1024) * 10) / 10;
}
