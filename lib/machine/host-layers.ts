/**
 * A fresh system for a student's computer: a GNU-flavoured Linux with Docker installed. One layer, made by this recipe alone,
 * so that it has the same digest everywhere and every computer of a class shares it.
 */
import type { ContentStore, Digest } from '../content';
import { type FileSystem, mountFileSystem, PlainTree } from '../fs';
import { executableFile, programIds } from '../programs';
import { exportTar } from '../snapshot';

/** When every file of it was made, so that its bytes never depend on the day. */
const made = BigInt(Date.parse('2024-05-01T00:00:00Z')) * 1_000_000n;

const folders = [
  '/bin',
  '/dev',
  '/etc',
  '/home',
  '/proc',
  '/root',
  '/srv',
  '/sys',
  '/tmp',
  '/usr',
  '/usr/bin',
  '/usr/sbin',
  '/usr/local',
  '/usr/local/bin',
  '/var',
  '/var/lib',
  '/var/lib/docker',
  '/var/log',
  '/var/tmp',
];

const texts: Readonly<Record<string, string>> = {
  '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n',
  '/etc/group': 'root:x:0:\nnogroup:x:65534:\n',
  '/etc/os-release':
    'NAME="Dockerland"\nPRETTY_NAME="Dockerland (a simulated computer)"\nID=dockerland\nVERSION_ID="1"\n',
  '/etc/shells': '/bin/sh\n/bin/bash\n',
  '/etc/motd': 'This is your own computer. Docker runs here; containers run inside it.\n',
};

let system: Uint8Array | undefined;
/** By host name: computers of one name share it, whoever sits there. */
const named = new Map<string, Uint8Array>();

export function hostLayers(content: ContentStore, hostname: string): readonly Digest[] {
  system ??= makeTar();
  const name = named.get(hostname) ?? makeNameTar(hostname);
  if (hostname === usualName) named.set(hostname, name);
  return [content.put(system), content.put(name)];
}

/** What the computers of a class are called. */
const usualName = 'laptop';

function makeNameTar(hostname: string): Uint8Array {
  const tree = new PlainTree({ now: () => made });
  const fs = mountFileSystem(tree, { viewer: { umask: 0 } });
  fs.mkdir('/etc', 0o755);
  fs.writeFile('/etc/hostname', new TextEncoder().encode(`${hostname}\n`), 0o644);
  fs.writeFile('/etc/hosts', new TextEncoder().encode(`127.0.0.1\tlocalhost\n127.0.1.1\t${hostname}\n`), 0o644);
  return exportTar(tree);
}

function makeTar(): Uint8Array {
  const tree = new PlainTree({ now: () => made });
  const fs = mountFileSystem(tree, { viewer: { umask: 0 } });
  for (const folder of folders) fs.mkdir(folder, /tmp$/.test(folder) ? 0o1777 : folder === '/root' ? 0o700 : 0o755);
  for (const [path, text] of Object.entries(texts)) fs.writeFile(path, new TextEncoder().encode(text), 0o644);
  for (const id of programIds()) if (id.startsWith('gnu:')) executable(fs, `/usr/bin/${id.slice(4)}`, id);
  for (const id of ['curl', 'jq', 'nano', 'tree', 'vim']) executable(fs, `/usr/bin/${id}`, id);
  executable(fs, '/usr/bin/vi', 'vim');
  for (const [path, id] of [
    ['/bin/bash', 'bash'],
    ['/bin/sh', 'bash'],
    ['/usr/bin/docker', 'docker'],
  ] as const)
    executable(fs, path, id);
  return exportTar(tree);
}

function executable(fs: FileSystem, path: string, id: string): void {
  if (!fs.exists(path)) fs.writeFile(path, executableFile(id), 0o755);
}
