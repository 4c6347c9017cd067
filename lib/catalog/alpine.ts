/** Alpine: busybox by symbolic links, apk, and the accounts of Alpine. */
import { appletNames } from '../programs';
import { shadowOf } from './busybox';
import { type Recipe, usualPath } from './recipe';
import { layer, type Rootfs } from './rootfs';

export const alpineVersion = '3.22.2';

const passwd = `root:x:0:0:root:/root:/bin/sh
bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
lp:x:4:7:lp:/var/spool/lpd:/sbin/nologin
sync:x:5:0:sync:/sbin:/bin/sync
shutdown:x:6:0:shutdown:/sbin:/sbin/shutdown
halt:x:7:0:halt:/sbin:/sbin/halt
mail:x:8:12:mail:/var/mail:/sbin/nologin
news:x:9:13:news:/usr/lib/news:/sbin/nologin
uucp:x:10:14:uucp:/var/spool/uucppublic:/sbin/nologin
cron:x:16:16:cron:/var/spool/cron:/sbin/nologin
ftp:x:21:21::/var/lib/ftp:/sbin/nologin
sshd:x:22:22:sshd:/dev/null:/sbin/nologin
games:x:35:35:games:/usr/games:/sbin/nologin
ntp:x:123:123:NTP:/var/empty:/sbin/nologin
guest:x:405:100:guest:/dev/null:/sbin/nologin
nobody:x:65534:65534:nobody:/:/sbin/nologin
`;

// biome-ignore format: a list to be read as one
const groups = [
  'root:x:0:root', 'bin:x:1:root,bin,daemon', 'daemon:x:2:root,bin,daemon', 'sys:x:3:root,bin', 'adm:x:4:root,daemon', 'tty:x:5:', 'disk:x:6:root', 'lp:x:7:lp', 'kmem:x:9:', 'wheel:x:10:root',
  'floppy:x:11:root', 'mail:x:12:mail', 'news:x:13:news', 'uucp:x:14:uucp', 'cron:x:16:cron', 'audio:x:18:', 'cdrom:x:19:', 'dialout:x:20:root', 'ftp:x:21:', 'sshd:x:22:', 'input:x:23:',
  'tape:x:26:root', 'video:x:27:root', 'netdev:x:28:', 'kvm:x:34:kvm', 'games:x:35:', 'shadow:x:42:', 'www-data:x:82:', 'users:x:100:games', 'ntp:x:123:', 'utmp:x:406:', 'ping:x:999:',
  'nogroup:x:65533:', 'nobody:x:65534:',
];

/** Where Alpine keeps each applet. */
// biome-ignore format: a list to be read as one
const inBin = new Set([
  'ash', 'base64', 'cat', 'chgrp', 'chmod', 'chown', 'cp', 'date', 'dd', 'df', 'echo', 'egrep', 'false', 'fgrep', 'grep', 'gunzip', 'gzip', 'hostname', 'kill', 'link', 'ln', 'ls', 'mkdir', 'mknod', 'mktemp',
  'more', 'mount', 'mv', 'nice', 'pidof', 'ping', 'printenv', 'ps', 'pwd', 'rm', 'rmdir', 'sed', 'sh', 'sleep', 'stat', 'stty', 'su', 'sync', 'tar', 'touch', 'true', 'umount', 'uname', 'usleep', 'watch', 'zcat', 'arch',
  'ionice', 'reset',
]);
const inSbin = new Set(['ifconfig', 'ip', 'route', 'nologin']);
const inUsrSbin = new Set(['addgroup', 'adduser', 'chroot', 'delgroup', 'deluser']);

function folderOf(name: string): string {
  if (inBin.has(name)) return '/bin';
  if (inSbin.has(name)) return '/sbin';
  return inUsrSbin.has(name) ? '/usr/sbin' : '/usr/bin';
}

function fill(rootfs: Rootfs): void {
  rootfs.program('/bin/busybox', 'busybox');
  // Alpine keeps its httpd in a package of its own.
  for (const name of appletNames.filter((one) => one !== 'httpd'))
    rootfs.symlink(`${folderOf(name)}/${name}`, '/bin/busybox');
  rootfs.program('/sbin/apk', 'apk');
  rootfs
    .directories(
      '/dev',
      '/etc/apk/keys',
      '/etc/conf.d',
      '/etc/crontabs',
      '/etc/init.d',
      '/etc/network',
      '/etc/periodic',
      '/etc/profile.d',
      '/home',
      '/lib/apk/db',
      '/media/cdrom',
      '/media/floppy',
      '/media/usb',
    )
    .directories(
      '/mnt',
      '/opt',
      '/run',
      '/srv',
      '/usr/local/bin',
      '/usr/local/lib',
      '/usr/local/share',
      '/usr/share',
      '/var/cache/apk',
      '/var/cache/misc',
      '/var/lib/apk',
      '/var/local',
      '/var/log',
      '/var/mail',
      '/var/opt',
      '/var/spool',
    )
    .directory('/proc', 0o555)
    .directory('/sys', 0o555)
    .directory('/root', 0o700)
    .directory('/tmp', 0o1777)
    .directory('/var/tmp', 0o1777)
    .directory('/var/empty', 0o555)
    .file('/etc/alpine-release', `${alpineVersion}\n`)
    .file(
      '/etc/os-release',
      `NAME="Alpine Linux"\nID=alpine\nVERSION_ID=${alpineVersion}\nPRETTY_NAME="Alpine Linux v3.22"\nHOME_URL="https://alpinelinux.org/"\nBUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"\n`,
    )
    .file('/etc/passwd', passwd)
    .file('/etc/group', `${groups.join('\n')}\n`)
    .file('/etc/shadow', shadowOf(passwd), 0o640, { gid: 42 })
    .file('/etc/shells', '/bin/sh\n/bin/ash\n')
    .file('/etc/hostname', 'localhost\n')
    .file('/etc/issue', 'Welcome to Alpine Linux 3.22\nKernel \\r on an \\m (\\l)\n\n')
    .file('/etc/motd', 'This is a replica of Alpine Linux, made for teaching.\n')
    .file(
      '/etc/profile',
      'export PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\nexport PAGER=less\numask 022\n',
    )
    .file(
      '/etc/apk/repositories',
      'https://dl-cdn.alpinelinux.org/alpine/v3.22/main\nhttps://dl-cdn.alpinelinux.org/alpine/v3.22/community\n',
    )
    .file('/etc/apk/world', 'alpine-baselayout\nalpine-keys\napk-tools\nbusybox\nlibc-utils\n')
    .file('/etc/apk/arch', 'x86_64\n')
    .file('/lib/apk/db/installed', installed());
}

function installed(): string {
  const names = [
    ['alpine-baselayout', '3.7.0-r0'],
    ['alpine-keys', '2.5-r0'],
    ['apk-tools', '2.14.9-r3'],
    ['busybox', '1.37.0-r18'],
    ['libc-utils', '0.7.2-r5'],
    ['musl', '1.2.5-r10'],
    ['ssl_client', '1.37.0-r18'],
    ['zlib', '1.3.1-r2'],
  ] as const;
  return names.map(([name, version]) => `P:${name}\nV:${version}\n\n`).join('');
}

export const alpineBase = layer('ADD alpine-minirootfs.tar.gz / # a Dockerland replica of Alpine Linux 3.22', fill);

export const alpine: Recipe = {
  steps: [alpineBase, 'CMD ["/bin/sh"]'],
  settings: { Env: [usualPath], Cmd: ['/bin/sh'], WorkingDir: '/' },
};
