// Records what real programs print, line by line, into lib/programs/fixtures/. The lines of a group share their files.
//   node scripts/record-applets.mjs        the busybox of a real Docker Engine (image busybox:latest), a fresh container a group
//   node scripts/record-applets.mjs gnu    the GNU programs of the Debian that this runs on, in a fresh folder
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../lib/programs/fixtures');
const docker = (...args) => execFileSync('docker', args, { encoding: 'utf8' }).trim();

const gnu = process.argv[2] === 'gnu';
const groups = readFileSync(join(folder, gnu ? 'gnu-lines.txt' : 'busybox-lines.txt'), 'utf8')
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

function recordHere({ title, lines }) {
  const cwd = mkdtempSync(join(tmpdir(), 'dockerland-record-'));
  const env = { PATH: '/usr/bin:/bin', HOME: '/root', LC_ALL: 'C', TZ: 'UTC' };
  try {
    return {
      title,
      cases: lines.map((line) => {
        const { stdout, stderr, status } = spawnSync('bash', ['-c', line], {
          encoding: 'utf8',
          timeout: 30000,
          input: '',
          cwd,
          env,
        });
        return { line, stdout, stderr, exitCode: status };
      }),
    };
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

const about = gnu
  ? { system: /PRETTY_NAME="(.*)"/.exec(readFileSync('/etc/os-release', 'utf8'))[1] }
  : {
      engine: docker('version', '--format', '{{.Server.Version}}'),
      busybox: docker('run', '--rm', 'busybox', 'busybox').split('\n')[0],
    };
const recorded = { ...about, groups: groups.map(gnu ? recordHere : record) };
writeFileSync(join(folder, gnu ? 'gnu.json' : 'busybox.json'), `${JSON.stringify(recorded, undefined, 1)}\n`);
console.log(
  `${recorded.groups.reduce((sum, { cases }) => sum + cases.length, 0)} lines recorded from ${Object.values(about).join(', ')}`,
);
