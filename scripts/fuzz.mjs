// npm run fuzz -- protocol [--messages 100000] [--seed 1] [--json]
//
// Random, malformed, oversized, out-of-order, replayed and forged messages at a whole server: tests/fuzz. Prints
// `{messages, crashes, effects, answers, seed, …}`; ends with 1 when anything came of them.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [what, ...options] = process.argv.slice(2);
if (what !== 'protocol') {
  console.error('usage: npm run fuzz -- protocol [--messages N] [--seed N] [--json]');
  process.exit(1);
}
const file = fileURLToPath(new URL('../tests/fuzz/run.ts', import.meta.url));
const { status } = spawnSync(process.execPath, ['--import', 'tsx', file, ...options], { stdio: 'inherit' });
process.exit(status ?? 1);
