// npm run build: the pages (Next), then the server and its threads, one file each, in dist/.
import { spawnSync } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const top = dirname(dirname(fileURLToPath(import.meta.url)));
const serverOnly = process.argv.includes('--server');

if (!serverOnly) {
  const { status } = spawnSync(process.execPath, [join(top, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: top,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  if (status !== 0) process.exit(status ?? 1);
}

// Beside the old one, and in its place when it is whole.
const fresh = join(top, 'dist.new');
rmSync(fresh, { recursive: true, force: true });
await build({
  absWorkingDir: top,
  entryPoints: {
    server: 'server/main.ts',
    'machine-worker': 'server/machines/machine-worker.ts',
    'store-worker': 'server/store/embedded/store-worker.ts',
  },
  outdir: fresh,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [packagesStayOutside()],
});
rmSync(join(top, 'dist'), { recursive: true, force: true });
renameSync(fresh, join(top, 'dist'));

/** Packages are found in node_modules when the server runs; our own files, also by `#name`, go into the bundle. */
function packagesStayOutside() {
  return {
    name: 'packages-stay-outside',
    setup({ onResolve }) {
      onResolve({ filter: /^[^./#]/ }, ({ path, kind }) =>
        kind === 'entry-point' ? undefined : { path, external: true },
      );
    },
  };
}
