/** md5sum, sha1sum, sha256sum, sha512sum. */
import { digestOf } from '../../content';
import { FsError } from '../../fs';
import { md5, sha1, sha512 } from '../hashes';
import { parseOptions } from '../options';
import type { Run } from '../run';

const functions: Readonly<Record<string, (bytes: Uint8Array) => string>> = {
  md5sum: md5,
  sha1sum: sha1,
  sha256sum: (bytes) => digestOf(bytes).slice(7),
  sha512sum: sha512,
};

export async function checksum(run: Run): Promise<number> {
  const options = parseOptions(run, 'csbtwz', {
    check: 'c',
    binary: 'b',
    text: 't',
    status: 's',
    warn: 'w',
    quiet: 'quiet',
    tag: 'tag',
    'ignore-missing': 'missing',
  });
  const hash = functions[run.name]!;
  const paths = options.operands.length > 0 ? options.operands : ['-'];
  if (options.has('c')) return check(run, paths, hash, options.has('s'), options.has('quiet'));
  let exitCode = 0;
  for (const path of paths) {
    try {
      await run.print(`${hash(await run.readAll(path))} ${options.has('b') && run.gnu ? '*' : ' '}${path}\n`);
    } catch (error) {
      const folder = error instanceof FsError && error.errno === 'EISDIR';
      exitCode = await run.failed(run.gnu ? path : `can't ${folder ? 'read' : 'open'} '${path}'`, error);
    }
  }
  return exitCode;
}

async function check(
  run: Run,
  lists: readonly string[],
  hash: (bytes: Uint8Array) => string,
  silent: boolean,
  quiet: boolean,
): Promise<number> {
  let [total, wrong, missing] = [0, 0, 0];
  for (const list of lists) {
    for (const line of (await run.readText(list)).split('\n')) {
      const [, expected, path] = (run.gnu ? /^([0-9a-fA-F]{32,128}) [ *](.+)$/ : /^(\S+) [ *]?(.+)$/).exec(line) ?? [];
      if (!expected || !path) continue;
      total++;
      try {
        const good = hash(await run.readAll(path)) === expected.toLowerCase();
        if (!good) wrong++;
        if (!silent && !(quiet && good)) await run.print(`${path}: ${good ? 'OK' : 'FAILED'}\n`);
      } catch (error) {
        missing++;
        if (!run.gnu) wrong++;
        await run.failed(run.gnu ? path : `can't open '${path}'`, error);
        if (!silent) await run.print(`${path}: FAILED${run.gnu ? ' open or read' : ''}\n`);
      }
    }
  }
  if (total === 0)
    return run.fail(
      run.gnu
        ? `${lists[0] === '-' ? "'standard input'" : lists[0]}: no properly formatted checksum lines found`
        : `no checksum lines found`,
    );
  if (missing > 0 && run.gnu)
    await run.fail(`WARNING: ${missing} listed file${missing > 1 ? 's' : ''} could not be read`);
  if (wrong > 0)
    await run.fail(
      run.gnu
        ? `WARNING: ${wrong} computed checksum${wrong > 1 ? 's' : ''} did NOT match`
        : `WARNING: ${wrong} of ${total} computed checksums did NOT match`,
    );
  return wrong + missing > 0 ? 1 : 0;
}
