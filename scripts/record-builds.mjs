// Plays lib/builder/fixtures/scenarios.ts on a real Docker Engine (DOCKER_HOST) that has busybox:latest, and keeps what it
// said, with its version, in lib/builder/fixtures/transcripts.json.
//
//   node --import tsx scripts/record-builds.mjs [part of a scenario's name]
//   node --import tsx scripts/record-builds.mjs checks     (fixtures/checks.ts → checks.json, and nothing else)
//
// The engine's build cache should hold nothing of an earlier recording, or steps are told as cached that are not meant to be.
// With a name only those scenarios are recorded anew. Images called recorded/… are removed before and after.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkedFiles } from '../lib/builder/fixtures/checks.ts';
import { scenarios } from '../lib/builder/fixtures/scenarios.ts';

const file = new URL('../lib/builder/fixtures/transcripts.json', import.meta.url);
const wanted = process.argv[2];

function docker(args, options = {}) {
  const { status, stdout, stderr } = spawnSync('docker', args, { encoding: 'utf8', ...options });
  return { stdout, stderr, exitCode: status };
}

function write(folder, files) {
  for (const [path, content] of Object.entries(files)) {
    const at = join(folder, path);
    mkdirSync(dirname(at), { recursive: true });
    rmSync(at, { force: true });
    const { text = '', mode = 0o644, link, archive } = typeof content === 'string' ? { text: content } : content;
    if (link) symlinkSync(link, at);
    else if (archive) pack(at, archive);
    else {
      writeFileSync(at, text);
      chmodSync(at, mode);
    }
  }
}

function pack(at, files) {
  const folder = mkdtempSync(join(tmpdir(), 'archive-'));
  write(folder, files);
  const flags = at.endsWith('.gz') ? '-czf' : '-cf';
  execFileSync('tar', ['--owner=0', '--group=0', '--mtime=@1700000000', flags, at, '-C', folder, '.']);
  rmSync(folder, { recursive: true });
}

function forget() {
  const { stdout } = docker(['images', '-q', '--filter', 'reference=recorded/*']);
  for (const id of new Set(stdout.split('\n').filter(Boolean))) docker(['rmi', '-f', id]);
}

function imageFacts(args, list) {
  const name = args[args.indexOf('-t') + 1];
  if (!args.includes('-t')) return {};
  const inspect = docker(['inspect', name]);
  if (inspect.exitCode !== 0) return {};
  const [image] = JSON.parse(inspect.stdout);
  const history = docker(['history', '--no-trunc', '--format', '{{json .}}', name])
    .stdout.trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const facts = {
    config: image.Config,
    author: image.Author,
    layers: image.RootFS.Layers?.length ?? 0,
    history: history.map(({ CreatedBy, Comment, Size }) => ({ createdBy: CreatedBy, comment: Comment, size: Size })),
  };
  if (!list) return facts;
  const find = `find ${list} -exec stat -c '%A %u:%g %s %F %n' {} + 2>&1 | sort -k5`;
  return {
    ...facts,
    listing: docker(['run', '--rm', '-u', '0', '--entrypoint', '/bin/sh', name, '-c', find]).stdout.split('\n'),
  };
}

function play(scenario) {
  const folder = mkdtempSync(join(tmpdir(), 'build-'));
  write(folder, scenario.files);
  const steps = scenario.steps.map(({ args, classic, change, list }) => {
    if (change) write(folder, change);
    const env = { ...process.env, DOCKER_BUILDKIT: classic ? '0' : '1', BUILDX_NO_DEFAULT_ATTESTATIONS: undefined };
    const result = docker(['build', ...args], { cwd: folder, env });
    return { ...result, ...(result.exitCode === 0 && !args.includes('--check') ? imageFacts(args, list) : {}) };
  });
  rmSync(folder, { recursive: true });
  forget();
  return { name: scenario.name, steps };
}

/** What `docker build --check` says of one file, taken apart. */
function check(dockerfile) {
  const folder = mkdtempSync(join(tmpdir(), 'check-'));
  writeFileSync(join(folder, 'Dockerfile'), dockerfile);
  const { stdout, stderr } = docker(['build', '--check', '.'], { cwd: folder });
  rmSync(folder, { recursive: true });
  const found = [...stdout.matchAll(/^WARNING: (\w+).*\n(.*)\n(?:Dockerfile:(\d+))?/gm)];
  const error = /^ERROR: (.*)\n(?:Dockerfile:(\d+))?/m.exec(stderr);
  return {
    dockerfile,
    warnings: found.map(([, rule, message, line]) => ({ rule, message, line: Number(line) })),
    ...(error && { error: error[1], ...(error[2] && { line: Number(error[2]) }) }),
  };
}

function versions() {
  const version = JSON.parse(docker(['version', '--format', '{{json .}}']).stdout);
  const buildx = docker(['buildx', 'version']).stdout.trim().split(' ')[1];
  return { engine: version.Server.Version, client: version.Client.Version, buildx };
}

if (wanted === 'checks') {
  const checks = new URL('../lib/builder/fixtures/checks.json', import.meta.url);
  writeFileSync(checks, `${JSON.stringify({ ...versions(), files: checkedFiles.map(check) }, undefined, 1)}\n`);
  process.exit(0);
}

forget();
const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).scenarios : [];
const recorded = scenarios.map((scenario) => {
  const known = before.find(({ name }) => name === scenario.name);
  if (known && wanted !== undefined && !scenario.name.includes(wanted)) return known;
  console.log(scenario.name);
  return play(scenario);
});
writeFileSync(file, `${JSON.stringify({ ...versions(), scenarios: recorded }, undefined, 1)}\n`);
