// Records what the busybox of a real Docker Engine prints, line by line, into lib/programs/fixtures/. Needs `docker` with the
// image busybox:latest. Each group begins in a fresh container; the lines of a group share its files.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../lib/programs/fixtures');
const docker = (...args) => execFileSync('docker', args, { encoding: 'utf8' }).trim();

const groups = readFileSync(join(folder, 'busybox-lines.txt'), 'utf8')
  .split(/^# /m)
  .slice(1)
  .map((text) => {
    const [title, ...lines] = text.split('\n').filter(Boolean);
    return { title, lines };
  });

function record({ title, lines }) {
  const name = `dockerland-record-${process.pid}`;
  docker('run', '-d', '--name', name, '--hostname', 'box', 'busybox', 'sleep', '10000');
  try {
    return { title, cases: lines.map((line) => play(name, line)) };
  } finally {
    docker('rm', '-f', name);
  }
}

function play(name, line) {
  const { stdout, stderr, status } = spawnSync('docker', ['exec', '-w', '/tmp', name, 'sh', '-c', line], {
    encoding: 'utf8',
    timeout: 30000,
    input: '',
  });
  return { line, stdout, stderr: shortened(stderr), exitCode: status };
}

/** Of a usage text only the banner and the usage itself: the explanations of options are the program's own prose. */
function shortened(text) {
  return text.replace(/(^BusyBox v.*\n\nUsage: (?:.+\n)+)[\s\S]*/m, '$1');
}

const engine = docker('version', '--format', '{{.Server.Version}}');
const version = docker('run', '--rm', 'busybox', 'busybox').split('\n')[0];
const recorded = { engine, busybox: version, groups: groups.map(record) };
writeFileSync(join(folder, 'busybox.json'), `${JSON.stringify(recorded, undefined, 1)}\n`);
console.log(`${recorded.groups.reduce((sum, { cases }) => sum + cases.length, 0)} lines recorded from ${version}`);
