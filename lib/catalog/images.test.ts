import { describe, expect, it } from 'vitest';
import { MemoryContent } from '../content';
import { catalogue } from './catalogue';
import digests from './fixtures/digests.json';
import { Container, pull, settle } from './testing/container';

describe('the catalogue', () => {
  it('gives the same image everywhere: its ids are pinned', () => {
    const ids = Object.fromEntries(
      catalogue.map(({ reference, build }) => [reference, build(new MemoryContent()).imageId]),
    );
    expect(ids).toEqual(digests);
  });

  it('names every image once, and says that it is a replica', () => {
    expect(new Set(catalogue.map(({ reference }) => reference)).size).toBe(catalogue.length);
    for (const { reference } of catalogue)
      expect(pull(reference).config.config?.Labels).toMatchObject({ 'dockerland.replica': 'true' });
  });

  it('shares layers: nginx, httpd, python, node and redis stand on debian', () => {
    const base = pull('debian:latest').config.rootfs.diff_ids[0];
    for (const reference of ['nginx:latest', 'httpd:latest', 'python:slim', 'node:slim', 'redis:latest'])
      expect(pull(reference).config.rootfs.diff_ids[0]).toBe(base);
    expect(pull('nginx:alpine').config.rootfs.diff_ids[0]).toBe(pull('alpine:latest').config.rootfs.diff_ids[0]);
  });

  it('has as many history lines with a layer as layers', () => {
    for (const { reference } of catalogue) {
      const { history, rootfs } = pull(reference).config;
      expect(history?.filter((line) => !line.empty_layer)).toHaveLength(rootfs.diff_ids.length);
    }
  });
});

describe('busybox and alpine', () => {
  it('lays busybox out as the real one', async () => {
    const box = new Container('busybox:latest', 'box', { command: ['sleep', 'inf'] });
    expect(
      await box.exec(
        'ls /; cat /etc/passwd | head -n 1; id www-data; ls -ld /tmp /root; readlink /bin/ls; stat -c %h /bin/ls',
      ),
    ).toMatch(
      /^bin\ndev\netc\nhome\nlib\nroot\ntmp\nusr\nvar\nroot:x:0:0:root:\/root:\/bin\/sh\nuid=33\(www-data\) gid=33\(www-data\) groups=33\(www-data\)\ndrwx------ .*\/root\ndrwxrwxrwt .*\/tmp\n\d+\n\[0\]$/,
    );
    expect(await box.exec('rm /bin/ls; ls')).toMatch(/ls: not found\n\[127\]$/);
  });

  it('installs packages for real, and refuses unknown ones', async () => {
    const box = new Container('alpine:latest', 'box', { command: ['sleep', 'inf'] });
    expect(await box.exec('curl')).toContain('not found\n[127]');
    expect(await box.exec('apk add --no-cache curl && which curl')).toBe(
      'fetch https://dl-cdn.alpinelinux.org/alpine/v3.22/main/x86_64/APKINDEX.tar.gz\n' +
        'fetch https://dl-cdn.alpinelinux.org/alpine/v3.22/community/x86_64/APKINDEX.tar.gz\n' +
        '(1/3) Installing libcurl (8.14.1-r2)\n(2/3) Installing ca-certificates (20250911-r0)\n(3/3) Installing curl (8.14.1-r2)\n' +
        'Executing busybox-1.37.0-r18.trigger\nOK: 12 MiB in 11 packages\n/usr/bin/curl\n[0]',
    );
    expect(await box.exec('apk add --no-cache nosuch 2>&1 | tail -n 3')).toBe(
      'ERROR: unable to select packages:\n  nosuch (no such package):\n    required by: world[nosuch]\n[0]',
    );
    expect(await box.exec('apk del curl; which curl')).toBe(
      '(1/1) Purging curl (8.14.1-r2)\nOK: 11 MiB in 10 packages\n[1]',
    );
    expect(await box.exec('adduser -D ana && su ana -c "id -un; touch /x"')).toBe(
      'ana\ntouch: /x: Permission denied\n[1]',
    );
  });
});

describe('debian', () => {
  it('speaks in the words of GNU', async () => {
    const box = new Container('debian:latest', 'box', { command: ['sleep', 'inf'] });
    expect(await box.exec('cat /nope; ls /nope; rm /nope; cp /nope a; mkdir /tmp')).toBe(
      "cat: /nope: No such file or directory\nls: cannot access '/nope': No such file or directory\nrm: cannot remove '/nope': No such file or directory\ncp: cannot stat '/nope': No such file or directory\nmkdir: cannot create directory '/tmp': File exists\n[1]",
    );
    expect(await box.exec('apt-get install -y procps')).toContain('E: Unable to locate package procps\n[100]');
    expect(
      await box.exec('apt-get update -qq >/dev/null; apt-get install -y procps | tail -n 1; ps -e | head -n 1'),
    ).toBe('Setting up procps (2:4.0.4-9) ...\n    PID TTY          TIME CMD\n[0]');
    expect(await box.exec('apt-get install nosuch 2>&1 | tail -n 1')).toBe('E: Unable to locate package nosuch\n[0]');
  });
});

describe('services', () => {
  it("nginx answers from the container's own files, and logs", async () => {
    const web = new Container('nginx:latest', 'web');
    await settle(60);
    expect(await web.exec('curl -s localhost | grep title')).toBe('<title>Welcome to nginx!</title>\n[0]');
    expect(
      await web.exec(
        'echo hi > /usr/share/nginx/html/index.html; curl -s localhost; curl -s -o /dev/null -w "%{http_code}\\n" localhost/nope',
      ),
    ).toBe('hi\n404\n[0]');
    expect(web.output).toContain(
      '127.0.0.1 - - [23/Nov/2026:14:41:59 +0000] "GET / HTTP/1.1" 200 3 "-" "curl/8.14.1" "-"\n',
    );
    expect(web.output).toContain('open() "/usr/share/nginx/html/nope" failed (2: No such file or directory)');
    expect(await web.exec('nginx -t')).toBe(
      'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\nnginx: configuration file /etc/nginx/nginx.conf test is successful\n[0]',
    );
    expect(await web.exec('echo "server { lissten 81; }" > /etc/nginx/conf.d/x.conf; nginx -t')).toBe(
      'nginx: [emerg] unknown directive "lissten" in /etc/nginx/conf.d/x.conf:1\nnginx: configuration file /etc/nginx/nginx.conf test failed\n[1]',
    );
    const page =
      'server { listen 81; location / { return 200 "moved to $host\\n"; } location /old { return 301 /new; } }';
    expect(
      await web.exec(
        `echo '${page}' > /etc/nginx/conf.d/x.conf; nginx -s reload; sleep 1; curl -s localhost:81; curl -sI localhost:81/old | grep Location`,
      ),
    ).toMatch(/signal process started\nmoved to localhost\nLocation: \/new\r\n\[0\]$/);
    web.system.signal(1, 'QUIT');
    await settle(60);
    expect(web.ended).toEqual({ pid: 1, exitCode: 0 });
  });

  it('containers of one network reach each other by name', async () => {
    const site = new Container('httpd:latest', 'site');
    const box = new Container('alpine:latest', 'client', { command: ['sleep', 'inf'] });
    await settle(80);
    expect(await box.exec('wget -qO- http://site/')).toBe('<html><body><h1>It works!</h1></body></html>\n[0]');
    expect(await box.exec('wget -qO- http://nosuch/')).toBe("wget: bad address 'nosuch'\n[1]");
    expect(await box.exec('wget -qO- http://site:81/')).toMatch(
      /^wget: can't connect to remote host \(172\.18\.0\.\d+\): Connection refused\n\[1\]$/,
    );
    expect(await box.exec('ping -c 1 site | head -n 2')).toMatch(
      /^PING site \(172\.18\.0\.\d+\): 56 data bytes\n64 bytes from 172\.18\.0\.\d+: seq=0 ttl=64 time=[\d.]+ ms\n\[0\]$/,
    );
    expect(site.output).toContain('"GET / HTTP/1.1" 200 45\n');
  });

  it('redis keeps keys over a save and a stop', async () => {
    const store = new Container('redis:latest', 'store');
    await settle(60);
    expect(
      await store.exec(
        'redis-cli set visits 41; redis-cli incr visits; redis-cli lpush l a b; redis-cli lrange l 0 -1; redis-cli get l; redis-cli get nosuch',
      ),
    ).toBe('OK\n42\n2\nb\na\nWRONGTYPE Operation against a key holding the wrong kind of value\n\n\n[0]');
    store.system.signal(1, 'TERM');
    await settle(60);
    expect(store.ended).toEqual({ pid: 1, exitCode: 0 });
    expect(store.output).toContain('DB saved on disk\n');
    expect(new TextDecoder().decode(store.fs.readFile('/data/dump.rdb'))).toContain('["visits","string","42",null]');
  });

  it('postgres keeps tables, asks for a password, and says what is wrong', async () => {
    const bare = new Container('postgres:latest', 'bare');
    await settle(60);
    expect(bare.ended).toEqual({ pid: 1, exitCode: 1 });
    expect(bare.output).toContain('Error: Database is uninitialized and superuser password is not specified.\n');
    const db = new Container('postgres:17', 'db', {
      env: { POSTGRES_PASSWORD: 'secret', PGDATA: '/var/lib/postgresql/data', POSTGRES_DB: 'shop' },
    });
    await settle(60);
    expect(db.output).toContain('database system is ready to accept connections\n');
    const psql = (sql: string) => db.exec(`psql -U postgres -d shop -c "${sql}"`);
    expect(await psql('create table fruit (id serial primary key, name text not null, price numeric default 1)')).toBe(
      'CREATE TABLE\n[0]',
    );
    expect(await psql("insert into fruit (name, price) values ('apple', 2), ('pear', 3.5), ('fig', default)")).toBe(
      'INSERT 0 3\n[0]',
    );
    expect(await psql('select * from fruit where price > 1 order by price desc')).toBe(
      ' id | name  | price \n----+-------+-------\n  2 | pear  |   3.5\n  1 | apple |     2\n(2 rows)\n\n[0]',
    );
    expect(await psql('select count(*), max(price) from fruit')).toBe(
      ' count | max \n-------+-----\n     3 | 3.5\n(1 row)\n\n[0]',
    );
    expect(await psql("update fruit set price = price * 2 where name like '%p%'; delete from fruit where id = 3")).toBe(
      'UPDATE 2\nDELETE 1\n[0]',
    );
    expect(await psql('insert into fruit (id, name) values (1, null)')).toBe(
      'ERROR:  null value in column "name" of relation "fruit" violates not-null constraint\n[1]',
    );
    expect(await psql('selec 1')).toBe('ERROR:  syntax error at or near "selec"\n[1]');
    expect(await psql('\\\\dt')).toBe(
      '         List of relations\n Schema | Name  | Type  |  Owner   \n--------+-------+-------+----------\n public | fruit | table | postgres\n(1 row)\n\n[0]',
    );
    expect(await db.exec('psql -U nobody -c "select 1"')).toContain('FATAL:  role "nobody" does not exist\n[2]');
    const other = new Container('postgres:17', 'client', { command: ['sleep', 'inf'] });
    expect(await other.exec('psql -h db -U postgres -d shop -tAc "select name from fruit"')).toMatch(
      /password authentication failed for user "postgres"\n\[2\]$/,
    );
    expect(
      await other.exec('PGPASSWORD=secret psql -h db -U postgres -d shop -tAc "select name from fruit order by id"'),
    ).toBe('apple\npear\n[0]');
    db.system.signal(1, 'INT');
    await settle(60);
    expect(db.ended).toEqual({ pid: 1, exitCode: 0 });
  });

  it("busybox's httpd hands out a folder", async () => {
    const site = new Container('busybox:latest', 'pages', {
      command: ['httpd', '-f', '-vv', '-p', '8080', '-h', '/home'],
    });
    const box = new Container('alpine:latest', 'reader', { command: ['sleep', 'inf'] });
    await settle(60);
    await site.exec(
      'mkdir -p /home/sub /home/empty /home/cgi-bin; echo hello > /home/index.html; echo sub > /home/sub/index.html',
    );
    expect(await box.exec('wget -qO- http://pages:8080/')).toBe('hello\n[0]');
    expect(await box.exec('wget -qO- http://pages:8080/sub')).toBe('sub\n[0]');
    expect(await box.exec("printf 'GET /nope HTTP/1.1\\r\\n\\r\\n' | nc pages 8080")).toMatch(
      /^HTTP\/1.1 404 Not Found\r\n(?:.*\r\n)*Connection: close\r\n\r\n<HTML><HEAD><TITLE>404 Not Found<\/TITLE><\/HEAD>\n<BODY><H1>404 Not Found<\/H1>\nThe requested URL was not found\n<\/BODY><\/HTML>\n\[0\]$/,
    );
    expect(await box.exec('wget -qO- http://pages:8080/empty/')).toBe(
      'wget: server returned error: HTTP/1.1 404 Not Found\n[1]',
    );
    expect(await box.exec('wget -qO- http://pages:8080/cgi-bin/x')).toBe(
      'wget: server returned error: HTTP/1.1 501 Not Implemented\n[1]',
    );
    expect(site.output).toMatch(/^\[::ffff:172\.\d+\.0\.\d+\]:\d+: GET \/\n\[::ffff:[\d.]+\]:\d+: response:200\n/);
    expect(await site.exec('httpd -f -p 8080')).toBe('httpd: bind: Address already in use\n[1]');
    expect(await site.exec('httpd -f -p 9000 -h /nope')).toBe(
      "httpd: can't change directory to '/nope': No such file or directory\n[1]",
    );
    expect(await site.exec('cd /home; httpd -p 9001; wget -qO- localhost:9001; pidof httpd | wc -w')).toBe(
      'hello\n2\n[0]',
    );
    expect(await site.exec("httpd -e '<a>'; httpd -d '%41b'")).toBe('&#60;a&#62;Ab[0]');
  });

  it("plays python's file server, and says what it does not play", async () => {
    const box = new Container('python:alpine', 'py', { command: ['python', '-m', 'http.server', '8000'] });
    await settle(60);
    expect(await box.exec('mkdir /s; echo page > /s/x.txt; wget -qO- localhost:8000/s/x.txt')).toBe('page\n[0]');
    expect(await box.exec(`python -c 'print("a", 1)'; python -c 'x = 1'`)).toBe(
      'a 1\n  File "<string>", line 1\n    x = 1\nDockerland plays python -m http.server and scripts that only print; it does not run Python programs\n[1]',
    );
    expect(await box.exec('pip install nosuch')).toBe(
      'ERROR: Could not find a version that satisfies the requirement nosuch (from versions: none)\nERROR: No matching distribution found for nosuch\n[1]',
    );
  });

  it('plays a small node program', async () => {
    const box = new Container('node:alpine', 'app', { command: ['sleep', 'inf'] });
    const program = [
      "const http = require('http');",
      'const port = process.env.PORT || 3000;',
      'const server = http.createServer((req, res) => {',
      "  if (req.url === '/health') { res.end('fine\\n'); return; }",
      "  res.writeHead(200, { 'Content-Type': 'text/plain' });",
      '  res.end(`Hello from ${req.url}\\n`);',
      '});',
      'server.listen(port, () => console.log(`listening on ${port}`));',
    ].join('\n');
    box.fs.writeFile('/app.js', new TextEncoder().encode(program));
    expect(
      await box.exec('node /app.js & sleep 1; wget -qO- localhost:3000/x; wget -qO- localhost:3000/health; kill $!'),
    ).toBe('listening on 3000\nHello from /x\nfine\n[0]');
    expect(
      await box.exec(
        'cd /tmp; npm init -y >/dev/null; npm install express >/dev/null; ls node_modules | head -n 2; npm install nosuch 2>&1 | head -n 1',
      ),
    ).toBe('accepts\nbody-parser\nnpm error code E404\n[0]');
  });

  it('hello-world says hello', async () => {
    const box = new Container('hello-world:latest');
    await settle(20);
    expect(box.output).toContain('\nHello from Docker!\n');
    expect(box.ended).toEqual({ pid: 1, exitCode: 0 });
  });
});
