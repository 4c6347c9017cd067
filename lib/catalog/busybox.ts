/** busybox: one file, and a name for each of its applets. */
import { appletNames } from '../programs';
import { type Recipe, usualPath } from './recipe';
import { layer, type Rootfs } from './rootfs';

const passwd = `root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/bin/false
bin:x:2:2:bin:/bin:/bin/false
sys:x:3:3:sys:/dev:/bin/false
sync:x:4:100:sync:/bin:/bin/sync
mail:x:8:8:mail:/var/spool/mail:/bin/false
www-data:x:33:33:www-data:/var/www:/bin/false
operator:x:37:37:Operator:/var:/bin/false
nobody:x:65534:65534:nobody:/home:/bin/false
`;

const groups = [
  'root:x:0:',
  'daemon:x:1:',
  'bin:x:2:',
  'sys:x:3:',
  'adm:x:4:',
  'tty:x:5:',
  'disk:x:6:',
  'lp:x:7:',
  'mail:x:8:',
  'kmem:x:9:',
  'wheel:x:10:root',
  'cdrom:x:11:',
  'dialout:x:18:',
  'floppy:x:19:',
  'video:x:28:',
  'audio:x:29:',
  'tape:x:32:',
  'www-data:x:33:',
  'operator:x:37:',
  'utmp:x:43:',
  'plugdev:x:46:',
  'staff:x:50:',
  'lock:x:54:',
  'netdev:x:82:',
  'users:x:100:',
  'nobody:x:65534:',
];

/** Nobody can log in with a password: there are none. */
export function shadowOf(passwdText: string): string {
  const names = passwdText
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(':')[0]!);
  return names.map((name) => `${name}:${name === 'root' ? '' : '*'}:::::::\n`).join('');
}

function fill(rootfs: Rootfs): void {
  rootfs.program('/bin/busybox', 'busybox');
  for (const name of appletNames) rootfs.hardlink(`/bin/${name}`, '/bin/busybox');
  rootfs
    .directories('/dev', '/etc', '/lib', '/usr/bin', '/usr/sbin', '/var/spool/mail', '/var/www')
    .directory('/home', 0o755, { uid: 65534, gid: 65534 })
    .directory('/root', 0o700)
    .directory('/tmp', 0o1777)
    .symlink('/usr/bin/env', '../../bin/env')
    .file('/etc/passwd', passwd)
    .file('/etc/group', `${groups.join('\n')}\n`)
    .file('/etc/shadow', shadowOf(passwd), 0o640)
    .file('/etc/nsswitch.conf', 'passwd: db files\ngroup: db files\nhosts: files dns\n')
    .directories(
      '/etc/network/if-up.d',
      '/etc/network/if-down.d',
      '/etc/network/if-post-down.d',
      '/etc/network/if-pre-up.d',
    );
}

export const busybox: Recipe = {
  steps: [layer('ADD busybox-rootfs.tar / # a Dockerland replica of busybox 1.37', fill), 'CMD ["sh"]'],
  settings: { Env: [usualPath], Cmd: ['sh'], WorkingDir: '/' },
};
