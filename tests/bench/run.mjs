// npm run bench -- NAME [options]: runs tests/bench/NAME.ts. Without a name: says which there are.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [name = '', ...options] = process.argv.slice(2);
const file = join(here, `${name}.ts`);
if (!/^[a-z-]+$/.test(name) || !existsSync(file)) {
  const names = readdirSync(here)
    .filter((entry) => entry.endsWith('.ts'))
    .map((entry) => entry.slice(0, -3));
  console.error(`usage: npm run bench -- NAME [--json]\nNAME is one of: ${names.join(', ')}`);
  process.exit(1);
}
const { status } = spawnSync(process.execPath, ['--expose-gc', '--import', 'tsx', file, ...options], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
