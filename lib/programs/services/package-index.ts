/** The packages that Dockerland bundles: about fifty names that a Docker class uses. */
export interface Package {
  readonly name: string;
  /** Its name where it differs. */
  readonly apk?: string;
  readonly deb?: string;
  /** Of Alpine and of Debian; undefined where that system does not have it. */
  readonly versions: readonly [apk: string | undefined, deb: string | undefined];
  readonly about: string;
  /** Paths and program ids. */
  readonly programs?: Readonly<Record<string, string>>;
  readonly apkPrograms?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly needs?: { readonly apk?: readonly string[]; readonly deb?: readonly string[] };
}

const certificates = {
  '/etc/ssl/certs/ca-certificates.crt': '# No certificates: nothing outside of this computer is reachable.\n',
};
const bin = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [`/usr/bin/${name}`, name]));
const gnu = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [`/usr/bin/${name}`, `gnu:${name}`]));

/** Programs that are there to be found, and say that they are not simulated when they are run. */
const unplayed = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [`/usr/bin/${name}`, `unplayed:${name}`]));

// biome-ignore format: one package a line
export const packageIndex: readonly Package[] = [
  { name: 'ca-certificates', versions: ['20250911-r0', '20250419'], about: 'Common CA certificates', files: certificates },
  { name: 'curl', versions: ['8.14.1-r2', '8.14.1-2'], about: 'command line tool for transferring data with URL syntax', programs: bin('curl'), needs: { apk: ['libcurl', 'ca-certificates'], deb: ['libcurl4', 'ca-certificates'] } },
  { name: 'libcurl', deb: 'libcurl4', versions: ['8.14.1-r2', '8.14.1-2'], about: 'the library behind curl', files: { '/usr/lib/libcurl.so.4': 'replica\n' } },
  { name: 'wget', versions: ['1.25.0-r1', '1.25.0-2'], about: 'retrieves files from the web', programs: gnu('wget') },
  { name: 'bash', versions: ['5.2.37-r0', undefined], about: 'GNU Bourne Again SHell', programs: {}, apkPrograms: { '/bin/bash': 'bash' } },
  { name: 'nginx', versions: ['1.28.0-r3', '1.26.3-3'], about: 'small, powerful, scalable web/proxy server', programs: { '/usr/sbin/nginx': 'nginx' }, files: { '/etc/nginx/nginx.conf': 'events {}\nhttp {\n    include /etc/nginx/conf.d/*.conf;\n    access_log /var/log/nginx/access.log;\n}\n', '/etc/nginx/conf.d/default.conf': 'server {\n    listen 80 default_server;\n    root /var/www/html;\n    index index.html;\n}\n', '/var/www/html/index.html': '<h1>Welcome to nginx!</h1>\n', '/var/log/nginx/access.log': '' } },
  { name: 'apache2', versions: ['2.4.65-r0', '2.4.65-2'], about: 'Apache HTTP Server', programs: { '/usr/sbin/httpd': 'httpd' }, files: { '/usr/local/apache2/conf/httpd.conf': 'Listen 80\nDocumentRoot "/var/www/html"\n', '/var/www/html/index.html': '<h1>It works!</h1>\n' } },
  { name: 'python3', versions: ['3.12.12-r0', '3.13.5-1'], about: 'interactive high-level object-oriented language', programs: { '/usr/bin/python3': 'python' } },
  { name: 'pip', apk: 'py3-pip', deb: 'python3-pip', versions: ['25.1.1-r0', '25.1.1+dfsg-1'], about: 'Python package installer', programs: { '/usr/bin/pip': 'pip', '/usr/bin/pip3': 'pip' }, needs: { apk: ['python3'], deb: ['python3'] } },
  { name: 'nodejs', versions: ['22.16.0-r2', '20.19.2+dfsg-1'], about: 'evented I/O for V8 javascript', programs: { '/usr/bin/node': 'node' } },
  { name: 'npm', versions: ['11.3.0-r1', '9.2.0~ds1-3'], about: 'package manager for Node.js', programs: { '/usr/bin/npm': 'npm', '/usr/bin/npx': 'npx' }, needs: { apk: ['nodejs'], deb: ['nodejs'] } },
  { name: 'redis', deb: 'redis-server', versions: ['8.0.4-r0', '5:8.0.2-3'], about: 'persistent key-value database', programs: bin('redis-server', 'redis-cli') },
  { name: 'postgresql-client', apk: 'postgresql17-client', versions: ['17.6-r0', '17+278'], about: 'front-end programs for PostgreSQL', programs: bin('psql', 'pg_isready') },
  { name: 'jq', versions: ['1.8.1-r0', '1.7.1-6'], about: 'lightweight and flexible command-line JSON processor', programs: bin('jq') },
  { name: 'vim', versions: ['9.1.1566-r0', '2:9.1.1230-2'], about: 'Vi IMproved', programs: { '/usr/bin/vim': 'vim', '/usr/bin/vi': 'vim' } },
  { name: 'nano', versions: ['8.4-r0', '8.4-1'], about: 'small, friendly text editor', programs: bin('nano') },
  { name: 'less', versions: ['679-r0', '668-1'], about: 'pager program similar to more', programs: gnu('less') },
  { name: 'procps', apk: 'procps-ng', versions: ['4.0.4-r3', '2:4.0.4-9'], about: '/proc file system utilities', programs: gnu('ps', 'top', 'free', 'uptime', 'watch', 'pgrep', 'pkill', 'pidof') },
  { name: 'psmisc', versions: ['23.7-r0', '23.7-2'], about: 'utilities that use the proc file system', programs: gnu('killall') },
  { name: 'iproute2', versions: ['6.15.0-r0', '6.15.0-1'], about: 'networking and traffic control tools', programs: gnu('ip') },
  { name: 'net-tools', versions: ['2.10-r3', '2.10-1.3'], about: 'NET-3 networking toolkit', programs: gnu('ifconfig', 'route') },
  { name: 'iputils-ping', apk: 'iputils', versions: ['20240905-r0', '3:20240905-3'], about: 'tools to test the reachability of network hosts', programs: gnu('ping') },
  { name: 'netcat-openbsd', versions: ['1.229-r0', '1.229-1'], about: 'TCP/IP swiss army knife', programs: gnu('nc') },
  { name: 'dnsutils', apk: 'bind-tools', versions: ['9.20.15-r0', '1:9.20.15-1'], about: 'clients provided with BIND', programs: gnu('nslookup') },
  { name: 'xxd', versions: ['9.1.1566-r0', '2:9.1.1230-2'], about: 'tool to make (or reverse) a hex dump', programs: gnu('xxd') },
  { name: 'bsdextrautils', apk: 'util-linux-misc', versions: ['2.41-r9', '2.41-5'], about: 'extra utilities from 4.4BSD-Lite', programs: gnu('hexdump', 'column', 'cal') },
  { name: 'time', versions: ['1.9-r1', '1.9-0.2'], about: 'GNU time program', programs: gnu('time') },
  { name: 'file', versions: ['5.46-r2', '1:5.46-5'], about: 'determines the type of a file', programs: unplayed('file') },
  { name: 'git', versions: ['2.49.1-r0', '1:2.47.3-0'], about: 'fast, scalable, distributed revision control system', programs: unplayed('git') },
  { name: 'make', versions: ['4.4.1-r3', '4.4.1-2'], about: 'utility for directing compilation', programs: unplayed('make') },
  { name: 'gcc', versions: ['14.2.0-r6', '4:14.2.0-1'], about: 'GNU C compiler', programs: unplayed('gcc', 'cc') },
  { name: 'g++', versions: ['14.2.0-r6', '4:14.2.0-1'], about: 'GNU C++ compiler', programs: unplayed('g++'), needs: { apk: ['gcc'], deb: ['gcc'] } },
  { name: 'build-essential', apk: 'build-base', versions: ['0.5-r3', '12.12'], about: 'list of build-essential packages', needs: { apk: ['gcc', 'g++', 'make'], deb: ['gcc', 'g++', 'make'] } },
  { name: 'cowsay', versions: [undefined, '3.03+dfsg2-8'], about: 'configurable talking cow', programs: { '/usr/games/cowsay': 'cowsay' } },
  { name: 'fortune', deb: 'fortune-mod', versions: ['0.1-r2', '1:1.99.1-8'], about: 'prints a random, hopefully interesting, adage', programs: unplayed('fortune') },
  { name: 'figlet', versions: ['2.2.5-r3', '2.2.5-3'], about: 'makes large character ASCII banners', programs: unplayed('figlet') },
  { name: 'tree', versions: ['2.2.1-r0', '2.2.1-1'], about: 'displays an indented directory tree', programs: { '/usr/bin/tree': 'tree' } },
  { name: 'htop', versions: ['3.4.1-r0', '3.4.1-5'], about: 'interactive processes viewer', programs: gnu('top'), apkPrograms: { '/usr/bin/htop': 'gnu:top' } },
  { name: 'sudo', versions: ['1.9.17_p2-r0', '1.9.16p2-3'], about: 'provide limited super user privileges to specific users', programs: { '/usr/bin/sudo': 'sudo' } },
  { name: 'gnupg', versions: ['2.4.8-r0', '2.4.7-21'], about: 'GNU privacy guard', programs: unplayed('gpg') },
  { name: 'openssl', versions: ['3.5.4-r0', '3.5.1-1'], about: 'Secure Sockets Layer toolkit', programs: unplayed('openssl') },
  { name: 'openssh-client', versions: ['10.0_p1-r9', '1:10.0p1-7'], about: 'secure shell client', programs: unplayed('ssh', 'scp') },
  { name: 'rsync', versions: ['3.4.1-r0', '3.4.1+ds1-5'], about: 'fast, versatile, remote (and local) file-copying tool', programs: unplayed('rsync') },
  { name: 'unzip', versions: ['6.0-r15', '6.0-29'], about: 'De-archiver for .zip files', programs: unplayed('unzip') },
  { name: 'zip', versions: ['3.0-r13', '3.0-15'], about: 'Archiver for .zip files', programs: unplayed('zip') },
  { name: 'sqlite3', apk: 'sqlite', versions: ['3.49.2-r1', '3.46.1-7'], about: 'command line interface for SQLite 3', programs: unplayed('sqlite3') },
  { name: 'php', apk: 'php84', deb: 'php-cli', versions: ['8.4.14-r0', '2:8.4+96'], about: 'server-side scripting language', programs: unplayed('php') },
  { name: 'openjdk', apk: 'openjdk21-jre', deb: 'default-jre', versions: ['21.0.9_p10-r0', '2:1.21-76'], about: 'Java runtime', programs: unplayed('java') },
  { name: 'tzdata', versions: ['2025b-r0', undefined], about: 'time zone and daylight-saving time data', files: { '/usr/share/zoneinfo/UTC': 'TZif2\n' } },
  { name: 'tini', versions: ['0.19.0-r3', '0.19.0-3'], about: 'tiny but valid init for containers', programs: { '/usr/bin/tini': 'tini' }, apkPrograms: { '/sbin/tini': 'tini' } },
  { name: 'coreutils', versions: ['9.7-r1', undefined], about: 'GNU core utilities', programs: {}, apkPrograms: gnu('stat', 'date', 'sort', 'cut', 'join') },
  { name: 'lsb-release', versions: [undefined, '12.1-1'], about: 'Linux Standard Base version reporting', programs: unplayed('lsb_release') },
];

// biome-ignore format: one package a line
export const pythonPackages: Readonly<Record<string, { readonly version: string; readonly needs: readonly string[] }>> = {
  flask: { version: '3.1.2', needs: ['blinker', 'click', 'itsdangerous', 'jinja2', 'markupsafe', 'werkzeug'] },
  blinker: { version: '1.9.0', needs: [] }, click: { version: '8.3.0', needs: [] }, itsdangerous: { version: '2.2.0', needs: [] }, jinja2: { version: '3.1.6', needs: ['markupsafe'] }, markupsafe: { version: '3.0.3', needs: [] },
  werkzeug: { version: '3.1.3', needs: ['markupsafe'] },
  requests: { version: '2.32.5', needs: ['certifi', 'charset-normalizer', 'idna', 'urllib3'] },
  certifi: { version: '2025.10.5', needs: [] }, 'charset-normalizer': { version: '3.4.4', needs: [] }, idna: { version: '3.11', needs: [] }, urllib3: { version: '2.5.0', needs: [] },
  django: { version: '5.2.8', needs: ['asgiref', 'sqlparse'] }, asgiref: { version: '3.10.0', needs: [] }, sqlparse: { version: '0.5.3', needs: [] },
  fastapi: { version: '0.121.1', needs: ['pydantic', 'starlette'] }, pydantic: { version: '2.12.4', needs: [] }, starlette: { version: '0.49.3', needs: [] }, uvicorn: { version: '0.38.0', needs: ['click', 'h11'] }, h11: { version: '0.16.0', needs: [] },
  numpy: { version: '2.3.4', needs: [] }, pandas: { version: '2.3.3', needs: ['numpy'] }, redis: { version: '7.0.1', needs: [] }, gunicorn: { version: '23.0.0', needs: [] }, pytest: { version: '9.0.0', needs: [] },
  psycopg2: { version: '2.9.11', needs: [] }, 'psycopg2-binary': { version: '2.9.11', needs: [] }, sqlalchemy: { version: '2.0.44', needs: [] }, pyyaml: { version: '6.0.3', needs: [] }, setuptools: { version: '80.9.0', needs: [] }, wheel: { version: '0.45.1', needs: [] }, pip: { version: '25.3', needs: [] },
};

// biome-ignore format: one package a line
export const nodePackages: Readonly<Record<string, { readonly version: string; readonly needs: readonly string[] }>> = {
  express: { version: '5.1.0', needs: ['accepts', 'body-parser', 'cookie', 'debug', 'send', 'serve-static'] }, accepts: { version: '2.0.0', needs: [] }, 'body-parser': { version: '2.2.0', needs: [] }, cookie: { version: '0.7.2', needs: [] },
  debug: { version: '4.4.3', needs: ['ms'] }, ms: { version: '2.1.3', needs: [] }, send: { version: '1.2.0', needs: ['ms'] }, 'serve-static': { version: '2.2.0', needs: ['send'] },
  lodash: { version: '4.17.21', needs: [] }, chalk: { version: '5.6.2', needs: [] }, axios: { version: '1.13.2', needs: [] }, react: { version: '19.2.0', needs: [] }, 'react-dom': { version: '19.2.0', needs: ['react'] }, nodemon: { version: '3.1.10', needs: ['debug'] },
  typescript: { version: '5.9.3', needs: [] }, redis: { version: '5.9.0', needs: [] }, pg: { version: '8.16.3', needs: [] }, dotenv: { version: '17.2.3', needs: [] }, cors: { version: '2.8.5', needs: [] }, morgan: { version: '1.10.1', needs: ['debug'] },
  uuid: { version: '13.0.0', needs: [] }, vite: { version: '7.2.2', needs: [] }, 'left-pad': { version: '1.3.0', needs: [] }, 'http-server': { version: '14.1.1', needs: [] },
};
