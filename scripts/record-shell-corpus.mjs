/**
 * Records what a real shell answers to the corpus's snippets, from a container of a real Docker Engine.
 *
 *     node scripts/record-shell-corpus.mjs busybox [IMAGE]      busybox's ash; IMAGE defaults to busybox:latest
 *     node scripts/record-shell-corpus.mjs gnu IMAGE            bash and the GNU tools, from a Debian image
 *     node scripts/record-shell-corpus.mjs dash IMAGE           that image's sh
 *
 * `docker` must be on the PATH and reach an engine. Writes tests/shell-corpus/recorded/<dialect>.json.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directory, environment, snippets } from '../tests/shell-corpus/snippets.mjs';

const [dialect = 'busybox', image = 'busybox:latest'] = process.argv.slice(2);
const shell = dialect === 'gnu' ? 'bash' : 'sh';
const docker = (...args) => execFileSync('docker', args, { encoding: 'utf8', maxBuffer: 1 << 28 });

/** Runs in the container: each snippet by itself, in an empty folder, with nothing on standard input. */
const driver = `
for snippet in /corpus/in/*; do
  name=\${snippet##*/}
  rm -rf ${directory} /tmp/*; mkdir -p ${directory} /tmp; cd ${directory}
  timeout 10 env -i ${Object.entries(environment)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')} ${shell} -c "$(cat $snippet)" \
    </dev/null >/corpus/out/$name.out 2>/corpus/out/$name.err
  echo $? >/corpus/out/$name.code
done
`;

const all = snippets(dialect);
const work = mkdtempSync(join(tmpdir(), 'shell-corpus-'));
const name = `dockerland-shell-corpus-${process.pid}`;
try {
  mkdirSync(join(work, 'corpus', 'in'), { recursive: true });
  mkdirSync(join(work, 'corpus', 'out'));
  for (const [at, { text }] of all.entries()) writeFileSync(join(work, 'corpus', 'in', numbered(at)), text);
  writeFileSync(join(work, 'corpus', 'driver'), driver);
  docker('run', '-d', '--name', name, '--hostname', environment.HOSTNAME, '--init', image, 'sleep', '3600');
  docker('cp', join(work, 'corpus'), `${name}:/corpus`);
  docker('exec', name, 'sh', '/corpus/driver');
  docker('cp', `${name}:/corpus/out`, join(work, 'answers'));
  const recorded = all.map(({ theme, text }, at) => ({ theme, text, ...answer(join(work, 'answers', numbered(at))) }));
  const versions = { engine: docker('version', '--format', '{{.Server.Version}}').trim(), shell: version() };
  const target = new URL(`../tests/shell-corpus/recorded/${dialect}.json`, import.meta.url);
  mkdirSync(new URL('.', target), { recursive: true });
  writeFileSync(target, `${JSON.stringify({ dialect, ...versions, snippets: recorded }, null, 1)}\n`);
  console.log(`${recorded.length} snippets recorded with ${versions.shell}`);
} finally {
  execFileSync('docker', ['rm', '-f', name], { stdio: 'ignore' });
  rmSync(work, { recursive: true });
}

function numbered(at) {
  return String(at).padStart(4, '0');
}

function answer(path) {
  const read = (kind) => readFileSync(`${path}.${kind}`, 'utf8');
  return { stdout: read('out'), stderr: read('err'), exitCode: Number(read('code')) };
}

function version() {
  if (dialect === 'dash') return 'dash of a Debian image';
  const command = dialect === 'gnu' ? 'bash --version' : 'busybox';
  return docker('exec', name, 'sh', '-c', `${command} | head -n 1`).trim();
}
