/** Images of services, on Debian or Alpine: nginx, httpd, redis, postgres. */
import { alpineBase } from './alpine';
import { debianBase, groupText, passwdText, shadowText } from './debian';
import { type Recipe, type Step, usualPath } from './recipe';
import { layer, type Rootfs } from './rootfs';

export const nginxVersion = '1.29.3';

const nginxConf = `user  nginx;
worker_processes  auto;

error_log  /var/log/nginx/error.log notice;
pid        /run/nginx.pid;

events {
    worker_connections  1024;
}

http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    access_log  /var/log/nginx/access.log;

    sendfile        on;
    keepalive_timeout  65;

    include /etc/nginx/conf.d/*.conf;
}
`;

const defaultSite = `server {
    listen       80;
    server_name  localhost;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`;

const nginxPage = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto; font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>This page comes from /usr/share/nginx/html in the image. Change that file in your container and reload.</p>
</body>
</html>
`;

const errorHtml =
  '<!DOCTYPE html>\n<html>\n<head>\n<title>Error</title>\n</head>\n<body>\n<h1>An error occurred.</h1>\n<p>The page is not available now.</p>\n</body>\n</html>\n';

const mimeTypes =
  'types {\n    text/html html htm;\n    text/css css;\n    text/plain txt;\n    application/javascript js;\n    application/json json;\n    image/png png;\n    image/jpeg jpeg jpg;\n    image/gif gif;\n    image/svg+xml svg;\n}\n';

/** Runs the scripts of /docker-entrypoint.d, then the command. */
const nginxEntrypoint = `#!/bin/sh
set -e

if [ "$1" = "nginx" ] || [ "$1" = "nginx-debug" ]; then
    if [ -n "$(ls /docker-entrypoint.d 2>/dev/null)" ]; then
        echo "$0: /docker-entrypoint.d/ is not empty, will attempt to perform configuration"
        for f in /docker-entrypoint.d/*.sh; do
            if [ -x "$f" ]; then
                echo "$0: Launching $f"
                "$f"
            else
                echo "$0: Ignoring $f, not executable"
            fi
        done
        echo "$0: Configuration complete; ready for start up"
    fi
fi

exec "$@"
`;

function nginxFiles(rootfs: Rootfs): void {
  rootfs
    .program('/usr/sbin/nginx', 'nginx')
    .directories(
      '/etc/nginx/conf.d',
      '/usr/share/nginx/html',
      '/var/cache/nginx',
      '/var/log/nginx',
      '/docker-entrypoint.d',
    )
    .file('/etc/nginx/nginx.conf', nginxConf)
    .file('/etc/nginx/mime.types', mimeTypes)
    .file('/etc/nginx/conf.d/default.conf', defaultSite)
    .file('/usr/share/nginx/html/index.html', nginxPage)
    .file('/usr/share/nginx/html/50x.html', errorHtml)
    .symlink('/var/log/nginx/access.log', '/dev/stdout')
    .symlink('/var/log/nginx/error.log', '/dev/stderr');
}

function withAccount(rootfs: Rootfs, name: string, id: number, home: string): void {
  rootfs
    .file('/etc/passwd', passwdText([[name, id, id, home, '/bin/false']]))
    .file('/etc/group', groupText([[name, id]]))
    .file('/etc/shadow', shadowText([name]), 0o640, { gid: 42 });
}

const nginxSettings = {
  Env: [usualPath, `NGINX_VERSION=${nginxVersion}`, 'NJS_VERSION=0.9.4', 'PKG_RELEASE=1~trixie'],
  Entrypoint: ['/docker-entrypoint.sh'],
  Cmd: ['nginx', '-g', 'daemon off;'],
  ExposedPorts: { '80/tcp': {} },
  StopSignal: 'SIGQUIT',
  WorkingDir: '/',
};

function nginxSteps(base: Step, install: Step): Step[] {
  return [
    base,
    `ENV NGINX_VERSION=${nginxVersion}`,
    install,
    layer(
      'COPY docker-entrypoint.sh / # buildkit',
      (rootfs) => void rootfs.file('/docker-entrypoint.sh', nginxEntrypoint, 0o755),
    ),
    'ENTRYPOINT ["/docker-entrypoint.sh"]',
    'EXPOSE map[80/tcp:{}]',
    'STOPSIGNAL SIGQUIT',
    'CMD ["nginx" "-g" "daemon off;"]',
  ];
}

export const nginx: Recipe = {
  steps: nginxSteps(
    debianBase,
    layer('RUN /bin/sh -c apt-get install nginx=${NGINX_VERSION} # buildkit', (rootfs) => {
      withAccount(rootfs, 'nginx', 101, '/nonexistent');
      nginxFiles(rootfs);
      rootfs.program('/usr/bin/curl', 'curl');
    }),
  ),
  settings: nginxSettings,
};

export const nginxAlpine: Recipe = {
  steps: nginxSteps(
    alpineBase,
    layer('RUN /bin/sh -c apk add nginx=${NGINX_VERSION} # buildkit', (rootfs) => {
      nginxFiles(rootfs);
      rootfs.program('/usr/bin/curl', 'curl');
    }),
  ),
  settings: { ...nginxSettings, Env: [usualPath, `NGINX_VERSION=${nginxVersion}`, 'PKG_RELEASE=1'] },
};

const httpdConf =
  'ServerRoot "/usr/local/apache2"\nListen 80\nUser www-data\nGroup www-data\nDocumentRoot "/usr/local/apache2/htdocs"\nDirectoryIndex index.html\nErrorLog /proc/self/fd/2\nCustomLog /proc/self/fd/1 common\n';

export const httpd: Recipe = {
  steps: [
    debianBase,
    'ENV HTTPD_PREFIX=/usr/local/apache2',
    layer('RUN /bin/sh -c install httpd 2.4.65 # buildkit', (rootfs) => {
      rootfs
        .program('/usr/local/apache2/bin/httpd', 'httpd')
        .directories('/usr/local/apache2/logs', '/usr/local/apache2/cgi-bin', '/usr/local/apache2/modules')
        .file('/usr/local/apache2/conf/httpd.conf', httpdConf)
        .file('/usr/local/apache2/htdocs/index.html', '<html><body><h1>It works!</h1></body></html>\n');
    }),
    layer(
      'COPY httpd-foreground /usr/local/bin/ # buildkit',
      (rootfs) =>
        void rootfs.file(
          '/usr/local/bin/httpd-foreground',
          '#!/bin/sh\nset -e\nrm -f /usr/local/apache2/logs/httpd.pid\nexec httpd -DFOREGROUND "$@"\n',
          0o755,
        ),
    ),
    'EXPOSE map[80/tcp:{}]',
    'STOPSIGNAL SIGWINCH',
    'CMD ["httpd-foreground"]',
  ],
  settings: {
    Env: [
      'PATH=/usr/local/apache2/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      'HTTPD_PREFIX=/usr/local/apache2',
      'HTTPD_VERSION=2.4.65',
    ],
    Cmd: ['httpd-foreground'],
    ExposedPorts: { '80/tcp': {} },
    StopSignal: 'SIGWINCH',
    WorkingDir: '/usr/local/apache2',
  },
};

const redisEntrypoint = `#!/bin/sh
set -e

# An option or a configuration file alone is meant for redis-server.
if [ "\${1#-}" != "$1" ] || [ "\${1%.conf}" != "$1" ]; then
    set -- redis-server "$@"
fi

exec "$@"
`;

export const redis: Recipe = {
  steps: [
    debianBase,
    'ENV REDIS_VERSION=8.2.3',
    layer('RUN /bin/sh -c install redis ${REDIS_VERSION} # buildkit', (rootfs) => {
      withAccount(rootfs, 'redis', 999, '/home/redis');
      for (const name of ['redis-server', 'redis-cli']) rootfs.program(`/usr/local/bin/${name}`, name);
      rootfs.directory('/data', 0o755, { uid: 999, gid: 999 });
    }),
    layer(
      'COPY docker-entrypoint.sh /usr/local/bin/ # buildkit',
      (rootfs) => void rootfs.file('/usr/local/bin/docker-entrypoint.sh', redisEntrypoint, 0o755),
    ),
    'VOLUME [/data]',
    'WORKDIR /data',
    'ENTRYPOINT ["docker-entrypoint.sh"]',
    'EXPOSE map[6379/tcp:{}]',
    'CMD ["redis-server"]',
  ],
  settings: {
    Env: [usualPath, 'REDIS_VERSION=8.2.3'],
    Entrypoint: ['docker-entrypoint.sh'],
    Cmd: ['redis-server'],
    ExposedPorts: { '6379/tcp': {} },
    Volumes: { '/data': {} },
    WorkingDir: '/data',
  },
};

export const postgres: Recipe = {
  steps: [
    debianBase,
    'ENV PG_MAJOR=17',
    layer('RUN /bin/sh -c apt-get install postgresql-17 # buildkit', (rootfs) => {
      withAccount(rootfs, 'postgres', 999, '/var/lib/postgresql');
      for (const name of ['postgres', 'psql', 'pg_isready']) rootfs.program(`/usr/lib/postgresql/17/bin/${name}`, name);
      rootfs
        .directory('/var/lib/postgresql', 0o755, { uid: 999, gid: 999 })
        .directory('/var/lib/postgresql/data', 0o1777, { uid: 999, gid: 999 })
        .directory('/docker-entrypoint-initdb.d')
        .directory('/run/postgresql', 0o3777, { uid: 999, gid: 999 });
    }),
    layer(
      'COPY docker-entrypoint.sh /usr/local/bin/ # buildkit',
      (rootfs) => void rootfs.file('/usr/local/bin/docker-entrypoint.sh', '#!/bin/bash\nset -e\nexec "$@"\n', 0o755),
    ),
    'VOLUME [/var/lib/postgresql/data]',
    'ENTRYPOINT ["docker-entrypoint.sh"]',
    'STOPSIGNAL SIGINT',
    'EXPOSE map[5432/tcp:{}]',
    'CMD ["postgres"]',
  ],
  settings: {
    Env: [
      'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/postgresql/17/bin',
      'LANG=en_US.utf8',
      'PG_MAJOR=17',
      'PG_VERSION=17.6',
      'PGDATA=/var/lib/postgresql/data',
    ],
    Entrypoint: ['docker-entrypoint.sh'],
    Cmd: ['postgres'],
    ExposedPorts: { '5432/tcp': {} },
    Volumes: { '/var/lib/postgresql/data': {} },
    StopSignal: 'SIGINT',
    WorkingDir: '/',
  },
};
