// node scripts/conformance-record.mjs [SCENARIO...]: plays scenarios on the real Docker engine that DOCKER_HOST names, and writes
// down what it answered. The engine must be one that nobody else uses: everything but busybox:latest is removed from it.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = join(dirname(fileURLToPath(import.meta.url)), '..', 'tests', 'conformance');
const folder = '/tmp/dockerland/lesson';
if (!process.env.DOCKER_HOST) throw new Error('DOCKER_HOST must name an engine that is only for this');

const docker = (...words) => spawnSync('docker', words, { encoding: 'utf8' });
const lines = (...words) =>
  docker(...words)
    .stdout.split('\n')
    .filter(Boolean);

function clean() {
  const containers = lines('ps', '-aq');
  if (containers.length) docker('rm', '-fv', ...containers);
  docker('network', 'prune', '-f');
  docker('volume', 'prune', '-af');
  for (const image of lines('images', '-a', '--format', '{{.ID}} {{.Repository}}:{{.Tag}}')) {
    const [id, name] = image.split(' ');
    if (name === '<none>:<none>') docker('rmi', '-f', id);
    else if (name !== 'busybox:latest') docker('rmi', '-f', name);
  }
  docker('builder', 'prune', '-af');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

function parseSteps(text) {
  const paragraphs = text.split(/\n[ \t]*\n/).map((paragraph) => paragraph.replace(/^\n+|\n+$/g, ''));
  return paragraphs
    .map((paragraph) =>
      paragraph
        .split('\n')
        .filter((line) => !/^#/.test(line))
        .join('\n'),
    )
    .filter((step) => step.trim());
}

/** No environment of ours but what a fresh login has, and the way to the engine. */
const env = {
  HOME: '/root',
  USER: 'root',
  SHELL: '/bin/bash',
  LANG: 'C.UTF-8',
  PATH: process.env.PATH,
  DOCKER_HOST: process.env.DOCKER_HOST,
  DOCKER_CONFIG: process.env.DOCKER_CONFIG,
};

function play(step) {
  const { stdout, stderr, status } = spawnSync('timeout', ['-k', '1', '30', 'bash', '-c', step], {
    cwd: folder,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 120_000,
    maxBuffer: 1 << 26,
  });
  return { step, stdout, stderr, exitCode: status };
}

const version = execFileSync(
  'docker',
  ['version', '--format', 'Docker Engine {{.Server.Version}}, client {{.Client.Version}}'],
  { encoding: 'utf8' },
).trim();
const wanted = process.argv.slice(2);
const names = readdirSync(join(here, 'scenarios'))
  .filter((file) => file.endsWith('.txt'))
  .map((file) => file.slice(0, -4))
  .sort();
for (const name of names) {
  if (wanted.length && !wanted.includes(name)) continue;
  clean();
  const steps = parseSteps(readFileSync(join(here, 'scenarios', `${name}.txt`), 'utf8')).map(play);
  writeFileSync(join(here, 'transcripts', `${name}.json`), `${JSON.stringify({ engine: version, steps }, null, 1)}\n`);
  console.log(`${name}: ${steps.length} steps`);
}
clean();
