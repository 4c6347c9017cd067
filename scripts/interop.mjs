// npm run interop: our archives read by other tools, and theirs by us. Installs skopeo and umoci where that is one command
// away (root on Debian); uses the Docker Engine that `docker` reaches. What cannot be had is skipped by its own tests, loudly.
import { spawnSync } from 'node:child_process';

const have = (name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;
const wanted = ['skopeo', 'umoci'].filter((name) => !have(name));
if (wanted.length && process.getuid?.() === 0 && have('apt-get')) {
  console.log(`installing ${wanted.join(' and ')}`);
  const install = `apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ${wanted.join(' ')}`;
  spawnSync('sh', ['-c', install], { stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 });
}
const tests = ['--no-install', 'vitest', 'run', '--project', 'system', 'tests/interop', ...process.argv.slice(2)];
process.exit(spawnSync('npx', tests, { stdio: 'inherit' }).status ?? 1);
