import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { dockerCommands } from '../../lib/cli';
import { serialiseEngine } from '../../lib/engine';
import { createHost } from '../../scripts/dockerland-host';
import { baseImage } from './base-image';

const host = createHost();
afterAll(() => host.stop());

const flags = [...new Set(dockerCommands.flatMap((command) => command.flags.map((flag) => `--${flag.name}`)))];
const paths = dockerCommands
  .flatMap((command) => command.paths)
  .filter((path) => !/^(run|container run|system events|events|stats|container stats)$/.test(path));
const value = fc.oneof(
  fc.constantFrom(
    '',
    '-',
    '--',
    '=',
    'x',
    'busybox',
    'nosuch',
    '{{.}}',
    '{{',
    '80:80',
    '-1',
    'a=b',
    '/',
    '..',
    '😀',
    '\u0000',
  ),
  fc.string({ maxLength: 8 }),
);
const quoted = (word: string) => `'${word.replaceAll('\u0000', '').replaceAll("'", "'\\''")}'`;

describe('whatever is typed', () => {
  it('docker answers, and refuses without changing anything', { timeout: 120_000 }, async () => {
    await baseImage(host);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.array(fc.oneof(fc.constantFrom(...flags), value), { maxLength: 5 }),
        async (path, words) => {
          const before = JSON.stringify(serialiseEngine(host.engine.state));
          const { exitCode, stdout, stderr } = await host.run(`docker ${path} ${words.map(quoted).join(' ')}`);
          expect(stderr).not.toMatch(/TypeError|RangeError|ReferenceError|at .*\.ts:/);
          expect(exitCode).toBeGreaterThanOrEqual(0);
          // Of several names those that are right are done, and printed.
          if (exitCode !== 0 && stdout === '') expect(JSON.stringify(serialiseEngine(host.engine.state))).toBe(before);
        },
      ),
      { numRuns: 400 },
    );
  });
});
