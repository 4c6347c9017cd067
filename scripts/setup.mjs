// Before start, dev and test: installs when the lock file is another one than last time, and builds when a source is.
// Plain Node: it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = dirname(dirname(fileURLToPath(import.meta.url)));
const stamps = join(top, '.stamp');
const purpose = process.argv[2] ?? 'start';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19))
  stop(`Dockerland needs Node 20.19 or newer; this is ${process.version}.`);

const wanted = hash(['package.json', 'package-lock.json', '.npmrc']);
step('install', wanted, existsSync(join(top, 'node_modules')), () => {
  say('Installing what Dockerland needs (once)…');
  // An outer NODE_ENV=production would leave out what the build needs.
  npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
});

if (purpose !== 'dev') {
  const built = existsSync(join(top, 'dist/server.mjs')) && existsSync(join(top, '.next/BUILD_ID'));
  step('build', hash([...sources(), 'package-lock.json']), built, () => {
    say('Building (once for each version)…');
    run(process.execPath, [join(top, 'scripts/build.mjs')]);
  });
}

/** Does the work unless it was done for the same `state`. Half done leaves no stamp. */
function step(name, state, there, work) {
  const stamp = join(stamps, name);
  if (there && existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  rmSync(stamp, { force: true });
  work();
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, state);
}

function sources() {
  const folders = ['app', 'lib', 'server', 'public'].filter((folder) => existsSync(join(top, folder)));
  const inside = folders.flatMap((folder) =>
    readdirSync(join(top, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(top.length + 1)),
  );
  return [
    ...inside.sort(),
    'next.config.js',
    'postcss.config.mjs',
    'tsconfig.json',
    'package.json',
    'scripts/build.mjs',
  ];
}

function hash(files) {
  const sum = createHash('sha256').update(process.versions.modules);
  for (const file of files) {
    const path = join(top, file);
    sum.update(`\0${file}\0`);
    if (existsSync(path)) sum.update(readFileSync(path));
  }
  return sum.digest('hex');
}

function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) run(process.execPath, [cli, ...args]);
  else run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
}

function run(command, args) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
  const { status, error } = spawnSync(command, args, { cwd: top, stdio: 'inherit', env });
  if (error) stop(String(error));
  if (status !== 0) process.exit(status ?? 1);
}

function say(text) {
  console.log(text);
}

function stop(text) {
  console.error(text);
  process.exit(1);
}
