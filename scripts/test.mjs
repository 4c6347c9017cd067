// npm test: everything. `pretest` has installed and built. Finds or installs a browser and Redis; what cannot be had is
// skipped by its own tests, loudly. Prints one closing line: "tests: N passed, N failed, N skipped".
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';

const have = (name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;

// As root on Debian, system packages are one command away. Elsewhere the tests use what they find.
const wanted = [
  ['chromium', 'chromium'],
  ['redis-server', 'redis-server'],
].filter(([program]) => !have(program));
if (wanted.length && process.getuid?.() === 0 && have('apt-get')) {
  const packages = wanted.map(([, name]) => name);
  console.log(`installing ${packages.join(' and ')} for the tests`);
  spawnSync(
    'sh',
    [
      '-c',
      `apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ${packages.join(' ')}`,
    ],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 300_000,
    },
  );
}

const checks = [
  ['format and lint', ['biome', 'check', '.']],
  ['types', ['tsc', '--noEmit', '-p', 'tsconfig.check.json']],
  ['unused exports', ['knip', '--no-progress']],
];
const failed = checks.filter(
  ([, command]) => spawnSync('npx', ['--no-install', ...command], { stdio: 'inherit' }).status !== 0,
);

mkdirSync('test-results', { recursive: true });
const report = 'test-results/vitest.json';
const { status } = spawnSync(
  'npx',
  [
    '--no-install',
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);

const {
  numPassedTests = 0,
  numFailedTests = 0,
  numPendingTests = 0,
} = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
for (const [name] of failed) console.error(`FAILED: ${name}`);
console.log(`tests: ${numPassedTests} passed, ${numFailedTests + failed.length} failed, ${numPendingTests} skipped`);
process.exit(status === 0 && failed.length === 0 && numPassedTests > 0 ? 0 : 1);
