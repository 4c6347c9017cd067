/**
 * Records what a terminal shows while keys are typed at a real shell: `docker run -it busybox sh`.
 *
 *     node scripts/record-shell-terminal.mjs [IMAGE]
 *
 * Needs `docker` and script(1) on the PATH. Writes tests/shell-corpus/recorded/terminal.json; the keys are in
 * tests/shell-corpus/keys.json.
 */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pass } from 'node:timers/promises';

const [image = 'busybox:latest'] = process.argv.slice(2);
const folder = new URL('../tests/shell-corpus/', import.meta.url);
const keys = JSON.parse(readFileSync(new URL('keys.json', folder), 'utf8'));

const terminal = spawn('script', ['-qec', `docker run --rm -it ${image} sh`, '/dev/null'], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
let shown = '';
terminal.stdout.on('data', (bytes) => {
  shown += bytes;
});
await pass(2000);
const steps = [{ keys: '', screen: shown }];
for (const one of keys) {
  const from = shown.length;
  terminal.stdin.write(one);
  await pass(500);
  steps.push({ keys: one, screen: shown.slice(from) });
}
terminal.stdin.end();

const engine = execFileSync('docker', ['version', '--format', '{{.Server.Version}}'], { encoding: 'utf8' }).trim();
const shell = execFileSync('docker', ['run', '--rm', image, 'busybox'], { encoding: 'utf8' }).split('\n')[0];
writeFileSync(new URL('recorded/terminal.json', folder), `${JSON.stringify({ engine, shell, steps }, null, 1)}\n`);
console.log(`${steps.length} steps recorded with ${shell}`);
