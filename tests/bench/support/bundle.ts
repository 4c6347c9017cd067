import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const top = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * The present source as `npm run build` would make it, in a folder beside node_modules, where it finds its packages; whoever
 * asked removes it. What is run from source instead is larger: each of its closures carries its name.
 */
export async function bundle(entryPoints: Readonly<Record<string, string>>): Promise<string> {
  const cache = join(top, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const outdir = mkdtempSync(join(cache, 'bench-'));
  await build({
    absWorkingDir: top,
    entryPoints,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'error',
    plugins: [
      {
        name: 'packages-stay-outside',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^[^./#]/ }, ({ path, kind }) =>
            kind === 'entry-point' ? undefined : { path, external: true },
          ),
      },
    ],
  });
  return outdir;
}
