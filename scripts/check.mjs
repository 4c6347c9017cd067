// npm run check: format, lint, types, unused exports, imports and unit tests. Everything runs even if an earlier part fails.
import { spawnSync } from 'node:child_process';

const steps = [
  ['format and lint', ['biome', 'check', '.']],
  ['types', ['tsc', '--noEmit', '-p', 'tsconfig.check.json']],
  ['unused exports', ['knip', '--no-progress']],
  ['imports and unit tests', ['vitest', 'run', '--project', 'unit']],
];

const failed = steps.filter(([name, command]) => {
  const began = Date.now();
  const { status } = spawnSync('npx', ['--no-install', ...command], { stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)\n`);
  return status !== 0;
});
if (failed.length) {
  console.error(`failed: ${failed.map(([name]) => name).join(', ')}`);
  process.exit(1);
}
