import { mountFileSystem, PlainTree } from '../../lib/fs';
import { appletNames, executableFile } from '../../lib/programs';
import { exportTar } from '../../lib/snapshot';
import type { DockerlandHost } from '../../scripts/dockerland-host';

/** Bytes of the recorded engine's image: ours, with another busybox and fewer links to it, is as large. */
const imageSize = 2_065_369;
const made = BigInt(Date.parse('2024-05-01T00:00:00Z')) * 1_000_000n;

const folders = [
  'bin',
  'dev',
  'etc',
  'home',
  'proc',
  'root',
  'sys',
  'tmp',
  'usr',
  'usr/bin',
  'usr/sbin',
  'sbin',
  'var',
  'var/log',
  'var/www',
];

const texts: Readonly<Record<string, string>> = {
  '/etc/passwd':
    'root:x:0:0:root:/root:/bin/sh\nwww-data:x:33:33:www-data:/var/www:/bin/false\nnobody:x:65534:65534:nobody:/home:/bin/false\n',
  '/etc/group': 'root:x:0:\nwww-data:x:33:\nnogroup:x:65534:\n',
  '/etc/motd': 'hello from the image\n',
};

let tar: Uint8Array | undefined;

/** The image that scenarios were recorded with, made as it was made there: `docker import` of a busybox root file system. */
export async function baseImage({ engine, clock }: DockerlandHost): Promise<void> {
  tar ??= rootfs();
  engine.importImage(tar, '-', {
    reference: 'busybox:latest',
    change: (config) => ({
      ...config,
      Cmd: ['sh'],
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    }),
  });
  clock.advance(60_000);
}

function rootfs(): Uint8Array {
  const fs = mountFileSystem(new PlainTree({ now: () => made }), { viewer: { umask: 0 } });
  for (const folder of folders) fs.mkdir(`/${folder}`, folder === 'tmp' ? 0o1777 : folder === 'root' ? 0o700 : 0o755);
  const others =
    Object.values(texts).join('').length + 'busybox'.length * appletNames.filter((name) => name !== 'busybox').length;
  const busybox = new Uint8Array(imageSize - others);
  busybox.set(executableFile('busybox'));
  fs.writeFile('/bin/busybox', busybox, 0o755);
  for (const name of appletNames) if (name !== 'busybox') fs.symlink('busybox', `/bin/${name}`);
  for (const [path, words] of Object.entries(texts)) fs.writeFile(path, new TextEncoder().encode(words), 0o644);
  for (const path of ['/etc', '/bin', '/']) fs.utimes(path, made, made);
  return exportTar((fs.mounts()[0] ?? { tree: undefined }).tree!);
}
