// ENGINE_IS_MINE=1 node scripts/conformance-record.mjs [SCENARIO...]: plays scenarios on this machine's Docker engine, and writes
// down what it answered. Nobody else may use that engine: everything but busybox:latest is removed from it, again and again.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = join(dirname(fileURLToPath(import.meta.url)), '..', 'tests', 'conformance');
const folder = '/tmp/dockerland/lesson';
if (!process.env.ENGINE_IS_MINE) throw new Error('set ENGINE_IS_MINE=1 when everything in this engine may be removed');

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
