/** gzip, gunzip, zcat. */
import { gunzipSync, gzipSync } from 'fflate';
import { parseOptions } from '../options';
import type { Run } from '../run';

export async function gzip(run: Run): Promise<number> {
  const options = parseOptions(run, 'cfkdtvnq123456789', {
    decompress: 'd',
    stdout: 'c',
    'to-stdout': 'c',
    force: 'f',
    keep: 'k',
    test: 't',
    verbose: 'v',
    best: '9',
    fast: '1',
  });
  const unpack = options.has('d', 't') || run.name === 'gunzip' || run.name === 'zcat';
  const toStdout = options.has('c') || run.name === 'zcat' || options.operands.length === 0;
  const level = Number(options.last('1', '2', '3', '4', '5', '6', '7', '8', '9') ?? 6) as 6;
  let exitCode = 0;
  for (const path of options.operands.length > 0 ? options.operands : ['-'])
    exitCode =
      (await one(run, path, {
        unpack,
        level,
        toStdout: toStdout || path === '-',
        force: options.has('f'),
        keep: options.has('k'),
        test: options.has('t'),
      })) || exitCode;
  return exitCode;
}

interface How {
  readonly unpack: boolean;
  readonly level: 6;
  readonly toStdout: boolean;
  readonly force: boolean;
  readonly keep: boolean;
  readonly test: boolean;
}

async function one(run: Run, path: string, how: How): Promise<number> {
  const target = how.unpack ? unpackedName(path) : `${path}.gz`;
  let bytes: Uint8Array;
  try {
    bytes = await run.readAll(path);
  } catch (error) {
    return run.failed(run.gnu || how.unpack ? path : path, error);
  }
  if (how.unpack && !how.toStdout && !how.test && target === undefined)
    return run.gnu
      ? run.complain(`gzip: ${path}: unknown suffix -- ignored\n`).then(() => 2)
      : run.fail(`${path}: unknown suffix - ignored`);
  if (!how.toStdout && !how.test && run.fs.exists(target!) && !how.force)
    return run.fail(run.gnu ? `${target} already exists;\tnot overwritten` : `can't open '${target}': File exists`);
  const result = how.unpack ? unpack(bytes) : gzipSync(bytes, { level: how.level, mtime: 0 });
  if (!result) return notGzip(run, path, bytes);
  if (how.test) return 0;
  if (how.toStdout) {
    await run.write(result);
    return 0;
  }
  const { mode, uid, gid, mtime } = run.fs.stat(path);
  await run.writeFile(target!, result, mode);
  run.fs.chown(target!, uid, gid);
  run.fs.utimes(target!, undefined, mtime);
  if (!how.keep) run.fs.unlink(path);
  return 0;
}

/** GNU's gunzip and zcat are scripts around gzip, which gives its own name. */
async function notGzip(run: Run, path: string, bytes: Uint8Array): Promise<number> {
  if (!run.gnu)
    return run.fail(bytes.length < 2 ? 'short read' : run.name === 'zcat' ? 'no gzip/bzip2/xz magic' : 'invalid magic');
  const words = bytes[0] === 0x1f && bytes[1] === 0x8b ? 'unexpected end of file' : 'not in gzip format';
  await run.complain(`${words.startsWith('not') ? '\n' : ''}gzip: ${path === '-' ? 'stdin' : path}: ${words}\n`);
  return 1;
}

function unpackedName(path: string): string | undefined {
  if (path.endsWith('.tgz')) return `${path.slice(0, -4)}.tar`;
  return path.endsWith('.gz') ? path.slice(0, -3) : undefined;
}

/** Undefined when they are no gzip bytes. */
export function unpack(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes.length < 18) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The last four bytes tell the size; a bound before anything is unpacked.
  if (view.getUint32(bytes.length - 4, true) > 256 * 1024 * 1024) return undefined;
  try {
    return gunzipSync(bytes);
  } catch {
    return undefined;
  }
}
