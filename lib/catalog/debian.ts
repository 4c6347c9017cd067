/** Debian and Ubuntu: a merged /usr, gnu programs, bash and dash, apt and dpkg. */
import { gnuNames } from '../programs';
import { type Recipe, usualPath } from './recipe';
import { layer, type RecipeLayer, type Rootfs } from './rootfs';

// biome-ignore format: a list to be read as one
const accounts: readonly (readonly [name: string, uid: number, gid: number, home: string, shell: string])[] = [
  ['root', 0, 0, '/root', '/bin/bash'], ['daemon', 1, 1, '/usr/sbin', '/usr/sbin/nologin'], ['bin', 2, 2, '/bin', '/usr/sbin/nologin'], ['sys', 3, 3, '/dev', '/usr/sbin/nologin'], ['sync', 4, 65534, '/bin', '/bin/sync'],
  ['games', 5, 60, '/usr/games', '/usr/sbin/nologin'], ['man', 6, 12, '/var/cache/man', '/usr/sbin/nologin'], ['lp', 7, 7, '/var/spool/lpd', '/usr/sbin/nologin'], ['mail', 8, 8, '/var/mail', '/usr/sbin/nologin'],
  ['news', 9, 9, '/var/spool/news', '/usr/sbin/nologin'], ['uucp', 10, 10, '/var/spool/uucp', '/usr/sbin/nologin'], ['proxy', 13, 13, '/bin', '/usr/sbin/nologin'], ['www-data', 33, 33, '/var/www', '/usr/sbin/nologin'],
  ['backup', 34, 34, '/var/backups', '/usr/sbin/nologin'], ['list', 38, 38, '/var/list', '/usr/sbin/nologin'], ['irc', 39, 39, '/run/ircd', '/usr/sbin/nologin'], ['_apt', 42, 65534, '/nonexistent', '/usr/sbin/nologin'],
  ['nobody', 65534, 65534, '/nonexistent', '/usr/sbin/nologin'],
];

// biome-ignore format: a list to be read as one
const groups: readonly (readonly [string, number])[] = [
  ['root', 0], ['daemon', 1], ['bin', 2], ['sys', 3], ['adm', 4], ['tty', 5], ['disk', 6], ['lp', 7], ['mail', 8], ['news', 9], ['uucp', 10], ['man', 12], ['proxy', 13], ['kmem', 15], ['dialout', 20], ['fax', 21], ['voice', 22],
  ['cdrom', 24], ['floppy', 25], ['tape', 26], ['sudo', 27], ['audio', 29], ['dip', 30], ['www-data', 33], ['backup', 34], ['operator', 37], ['list', 38], ['irc', 39], ['src', 40], ['shadow', 42], ['utmp', 43], ['video', 44],
  ['sasl', 45], ['plugdev', 46], ['staff', 50], ['games', 60], ['users', 100], ['nogroup', 65534],
];

export function passwdText(extra: readonly (readonly [string, number, number, string, string])[] = []): string {
  return [...accounts, ...extra]
    .map(([name, uid, gid, home, shell]) => `${name}:x:${uid}:${gid}:${name}:${home}:${shell}\n`)
    .join('');
}

export function groupText(extra: readonly (readonly [string, number])[] = []): string {
  return [...groups, ...extra].map(([name, gid]) => `${name}:x:${gid}:\n`).join('');
}

export function shadowText(extra: readonly string[] = []): string {
  return [...accounts.map(([name]) => name), ...extra].map((name) => `${name}:*:19844:0:99999:7:::\n`).join('');
}

/** Programs that Debian's minimal system does not have: its packages bring them. */
// biome-ignore format: a list to be read as one
const absent = new Set([
  'nc', 'ping', 'ip', 'ifconfig', 'route', 'wget', 'nslookup', 'ps', 'top', 'free', 'uptime', 'watch', 'pgrep', 'pkill', 'killall', 'pidof', 'less', 'vi', 'xxd', 'usleep', 'cal', 'time', 'hd', 'hexdump', 'who', 'column',
  'strings', 'nologin', 'httpd', 'curl', 'jq', 'nano', 'tree', 'vim', 'groupadd', 'useradd', 'userdel', 'usermod', 'addgroup', 'adduser', 'delgroup', 'deluser', 'sh', 'ash', '[[',
]);

interface Release {
  readonly osRelease: string;
  readonly version: string;
  readonly sources: readonly [path: string, text: string];
  readonly issue: string;
}

function fill(rootfs: Rootfs, release: Release): void {
  for (const folder of ['bin', 'lib', 'lib64', 'sbin']) rootfs.symlink(`/${folder}`, `usr/${folder}`);
  for (const name of gnuNames) if (!absent.has(name)) rootfs.program(`/usr/bin/${name}`, `gnu:${name}`);
  for (const name of ['adduser', 'addgroup', 'deluser', 'delgroup', 'nologin'])
    rootfs.program(`/usr/sbin/${name}`, `gnu:${name}`);
  for (const name of ['useradd', 'groupadd', 'usermod', 'userdel']) rootfs.program(`/usr/sbin/${name}`, `gnu:${name}`);
  rootfs.program('/usr/bin/bash', 'bash').program('/usr/bin/dash', 'dash').symlink('/usr/bin/sh', 'dash');
  for (const name of ['apt', 'apt-get', 'apt-cache', 'dpkg', 'dpkg-query']) rootfs.program(`/usr/bin/${name}`, name);
  rootfs
    .directories(
      '/boot',
      '/dev',
      '/home',
      '/media',
      '/mnt',
      '/opt',
      '/run/lock',
      '/srv',
      '/usr/games',
      '/usr/include',
      '/usr/lib',
      '/usr/lib64',
      '/usr/libexec',
      '/usr/local/bin',
      '/usr/local/etc',
      '/usr/local/lib',
      '/usr/local/sbin',
    )
    .directories(
      '/usr/share/doc',
      '/usr/src',
      '/var/backups',
      '/var/cache/apt/archives/partial',
      '/var/lib/apt/lists',
      '/var/lib/dpkg/info',
      '/var/log/apt',
      '/var/opt',
      '/var/spool',
      '/etc/apt/apt.conf.d',
      '/etc/apt/sources.list.d',
      '/etc/skel',
    )
    .directory('/proc', 0o555)
    .directory('/sys', 0o555)
    .directory('/root', 0o700)
    .directory('/tmp', 0o1777)
    .directory('/var/tmp', 0o1777)
    .directory('/var/local', 0o2775, { gid: 50 })
    .directory('/var/mail', 0o2775, { gid: 8 })
    .symlink('/var/run', '/run')
    .symlink('/var/lock', '/run/lock')
    .symlink('/etc/os-release', '../usr/lib/os-release')
    .file('/usr/lib/os-release', release.osRelease)
    .file('/etc/debian_version', `${release.version}\n`)
    .file('/etc/issue', `${release.issue} \\n \\l\n\n`)
    .file('/etc/passwd', passwdText())
    .file('/etc/group', groupText())
    .file('/etc/shadow', shadowText(), 0o640, { gid: 42 })
    .file('/etc/shells', '/bin/sh\n/usr/bin/sh\n/bin/bash\n/usr/bin/bash\n/bin/dash\n/usr/bin/dash\n')
    .file('/etc/hostname', 'localhost\n')
    .file('/etc/profile', 'PATH="/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games"\nexport PATH\n')
    .file('/etc/bash.bashrc', "PS1='\\u@\\h:\\w\\$ '\n")
    .file('/root/.bashrc', '# Settings for interactive shells of root.\n')
    .file('/root/.profile', 'if [ -f ~/.bashrc ]; then . ~/.bashrc; fi\n')
    .file(...release.sources)
    .file('/var/lib/dpkg/status', status());
}

// biome-ignore format: a list to be read as one
const essential = [
  ['apt', '3.0.3'], ['base-files', '13.8'], ['bash', '5.2.37-2'], ['coreutils', '9.7-3'], ['dash', '0.5.12-12'], ['debianutils', '5.23.2'], ['diffutils', '1:3.10-4'], ['dpkg', '1.22.21'], ['findutils', '4.10.0-3'], ['grep', '3.11-4'],
  ['gzip', '1.13-1'], ['hostname', '3.25'], ['libc6', '2.41-12'], ['login', '1:4.16.0-2'], ['mawk', '1.3.4.20250131-1'], ['mount', '2.41-5'], ['passwd', '1:4.17.4-2'], ['sed', '4.9-2'], ['tar', '1.35+dfsg-3.1'], ['tzdata', '2025b-4'],
  ['util-linux', '2.41-5'],
] as const;

function status(): string {
  return essential
    .map(
      ([name, version]) =>
        `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n\n`,
    )
    .join('');
}

const debianRelease: Release = {
  version: '13.1',
  issue: 'Debian GNU/Linux 13',
  osRelease:
    'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nNAME="Debian GNU/Linux"\nVERSION_ID="13"\nVERSION="13 (trixie)"\nVERSION_CODENAME=trixie\nDEBIAN_VERSION_FULL=13.1\nID=debian\nHOME_URL="https://www.debian.org/"\nSUPPORT_URL="https://www.debian.org/support"\nBUG_REPORT_URL="https://bugs.debian.org/"\n',
  sources: [
    '/etc/apt/sources.list.d/debian.sources',
    'Types: deb\nURIs: http://deb.debian.org/debian\nSuites: trixie trixie-updates\nComponents: main\n',
  ],
};

const ubuntuRelease: Release = {
  version: 'trixie/sid',
  issue: 'Ubuntu 24.04.3 LTS',
  osRelease:
    'PRETTY_NAME="Ubuntu 24.04.3 LTS"\nNAME="Ubuntu"\nVERSION_ID="24.04"\nVERSION="24.04.3 LTS (Noble Numbat)"\nVERSION_CODENAME=noble\nID=ubuntu\nID_LIKE=debian\nHOME_URL="https://www.ubuntu.com/"\nSUPPORT_URL="https://help.ubuntu.com/"\nBUG_REPORT_URL="https://bugs.launchpad.net/ubuntu/"\nUBUNTU_CODENAME=noble\n',
  sources: [
    '/etc/apt/sources.list.d/ubuntu.sources',
    'Types: deb\nURIs: http://archive.ubuntu.com/ubuntu/\nSuites: noble noble-updates noble-backports\nComponents: main universe restricted multiverse\n',
  ],
};

export const debianBase: RecipeLayer = layer('ADD rootfs.tar.xz / # a Dockerland replica of Debian 13', (rootfs) =>
  fill(rootfs, debianRelease),
);
const ubuntuBase = layer('ADD rootfs.tar.xz / # a Dockerland replica of Ubuntu 24.04', (rootfs) =>
  fill(rootfs, ubuntuRelease),
);

export const debian: Recipe = { steps: [debianBase, 'CMD ["bash"]'], settings: { Env: [usualPath], Cmd: ['bash'] } };

export const ubuntu: Recipe = {
  steps: [ubuntuBase, 'CMD ["/bin/bash"]'],
  settings: { Env: [usualPath], Cmd: ['/bin/bash'], Labels: { 'org.opencontainers.image.version': '24.04' } },
};
