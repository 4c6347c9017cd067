import { gunzipSync, gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { TarWriter } from '../layer';
import type { BuiltImage } from './build-options';
import { Workbench } from './testing/workbench';

function text(bench: Workbench, built: BuiltImage, path: string): string {
  return new TextDecoder().decode(bench.look(built).readFile(path));
}

function names(bench: Workbench, built: BuiltImage, path: string): string[] {
  return bench
    .look(built)
    .readdir(path)
    .map(({ name }) => name);
}

describe('a build', () => {
  it('runs, copies and keeps settings', async () => {
    const bench = new Workbench();
    bench.context({ motd: 'hello\n' });
    const built = await bench.build(
      'FROM busybox\nWORKDIR /app\nCOPY motd .\nRUN echo built > out\nCMD ["cat", "motd"]\n',
    );
    expect(built.image.config.config).toMatchObject({ Cmd: ['cat', 'motd'], WorkingDir: '/app' });
    expect(text(bench, built, '/app/out')).toBe('built\n');
    expect(text(bench, built, '/app/motd')).toBe('hello\n');
  });

  it('gives the same image again: from the cache, and without it at the same time', async () => {
    const dockerfile = 'FROM busybox\nENV A=1\nRUN echo x > /x\nCOPY motd /\n';
    const bench = new Workbench();
    bench.context({ motd: 'hello\n' });
    const first = await bench.build(dockerfile);
    expect((await bench.build(dockerfile, { noCache: true })).imageId).toBe(first.imageId);
    bench.clock.advance(1000);
    expect((await bench.build(dockerfile)).imageId).toBe(first.imageId);
    expect((await bench.build(dockerfile, { noCache: true })).imageId).not.toBe(first.imageId);
  });

  it('tells what happens as events that a screen can draw', async () => {
    const bench = new Workbench();
    const { events, built } = await bench.print(
      'FROM busybox AS b\nRUN echo hi\nFROM b\nCOPY --from=b /etc/passwd /p\n',
    );
    const vertices = events.flatMap((event) => (event.type === 'vertex-started' ? [event.name] : []));
    expect(vertices).toEqual([
      '[internal] load build definition from Dockerfile',
      '[internal] load metadata for docker.io/library/busybox:latest',
      '[internal] load .dockerignore',
      '[b 1/2] FROM docker.io/library/busybox:latest',
      '[b 2/2] RUN echo hi',
      '[stage-1 1/1] COPY --from=b /etc/passwd /p',
      'exporting to image',
    ]);
    expect(events).toContainEqual({ type: 'vertex-output', vertex: 5, stream: 'stdout', text: 'hi\n', time: 0 });
    expect(events.at(-1)).toEqual({ type: 'image-built', imageId: built!.imageId });
  });

  it('leaves no image, but the steps that succeeded, when it fails', async () => {
    const bench = new Workbench();
    const failed = await bench.print('FROM busybox\nRUN echo kept > /kept\nRUN exit 7\n');
    expect(failed.error?.message).toBe('process "/bin/sh -c exit 7" did not complete successfully: exit code: 7');
    expect(failed.built).toBeUndefined();
    const { stderr } = await bench.print('FROM busybox\nRUN echo kept > /kept\nRUN true\n');
    expect(stderr).toContain('RUN echo kept > /kept\n#5 CACHED');
  });

  it('says why an image is not there, as a registry does', async () => {
    const bench = new Workbench();
    const { error } = await bench.print('FROM nosuch:1\n');
    expect(error?.message).toBe(
      'nosuch:1: failed to resolve source metadata for docker.io/library/nosuch:1: pull access denied, ' +
        'repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    );
  });

  it('stacks no more layers than overlay2 can', async () => {
    const bench = new Workbench();
    const { error } = await bench.print(`FROM busybox\n${'RUN true\n'.repeat(129)}`);
    expect([error?.detail.line, error?.message.replace(/\w{25}/g, 'ID')]).toEqual([
      130,
      'failed to prepare ID as ID: max depth exceeded',
    ]);
  });
});

describe('the context', () => {
  it('is never left through a link', async () => {
    const bench = new Workbench();
    bench.context({
      'ctx/inside': 'in\n',
      'ctx/up': { link: '../secret' },
      'ctx/root': { link: '/secret' },
      secret: 'out\n',
    });
    const context = { files: bench.files, path: '/ctx' };
    for (const name of ['up', 'root', '../secret', 'up/..//../secret']) {
      const { error } = await bench.print(`FROM busybox\nCOPY ${name} /x\n`, { context });
      expect(error?.message, name).toMatch(/"\/[\w/]+": not found$/);
    }
    const built = await bench.build('FROM busybox\nCOPY . /all/\n', { context });
    expect(bench.look(built).readlink('/all/up')).toBe('../secret');
  });

  it('is asked for only where it is used, and may be missing', async () => {
    const bench = new Workbench();
    const { stderr, error } = await bench.print('FROM busybox\nRUN true\n', { context: undefined });
    expect(error).toBeUndefined();
    expect(stderr).not.toContain('build context');
  });
});

describe('COPY and ADD', () => {
  it('keep folders with --parents, which the labs syntax has', async () => {
    const bench = new Workbench();
    bench.context({ 'a/b/c': 'c\n', 'a/d': 'd\n' });
    const labs = '# syntax=docker/dockerfile:1-labs\n';
    const built = await bench.build(`${labs}FROM busybox\nCOPY --parents a/b/c a/d /to/\n`);
    expect(text(bench, built, '/to/a/b/c')).toBe('c\n');
    expect(text(bench, built, '/to/a/d')).toBe('d\n');
    const { error } = await bench.print('FROM busybox\nCOPY --parents a /to/\n');
    expect(error?.message).toBe('dockerfile parse error on line 2: unknown flag: --parents');
  });

  it('unpack what is a tar, also in gzip, and nothing else', async () => {
    const tar = new TarWriter();
    const common = { uid: 5, gid: 6, mtime: 1_700_000_000_000_000_000n, size: 0 };
    tar.add({ ...common, name: 'sub/', kind: 'directory', mode: 0o750 });
    tar.add({ ...common, name: 'sub/file', kind: 'file', mode: 0o640 }, new TextEncoder().encode('x'));
    tar.add({ ...common, name: 'sub/same', kind: 'hardlink', mode: 0o640, target: 'sub/file' });
    tar.add({ ...common, name: 'out', kind: 'symlink', mode: 0o777, target: '/etc/passwd' });
    const bytes = tar.finish();
    const bench = new Workbench();
    bench.context({ 'a.tgz': { bytes: gzipSync(bytes) }, 'not.tar': 'no\n' });
    const built = await bench.build('FROM busybox\nADD a.tgz not.tar /to/\n', { gunzip: gunzipSync });
    const view = bench.look(built);
    expect(names(bench, built, '/to')).toEqual(['not.tar', 'out', 'sub']);
    expect(view.stat('/to/sub/file')).toMatchObject({ mode: 0o640, uid: 5, gid: 6, nlink: 2 });
    expect(view.readlink('/to/out')).toBe('/etc/passwd');
  });

  it('refuse an archive that would write outside', async () => {
    const tar = new TarWriter();
    tar.add({ name: '../evil', kind: 'file', mode: 0o644, uid: 0, gid: 0, mtime: 0n, size: 0 });
    const bench = new Workbench();
    bench.context({ 'evil.tar': { bytes: tar.finish() } });
    const built = await bench.build('FROM busybox\nADD evil.tar /to/\n');
    expect(names(bench, built, '/to')).toEqual(['evil.tar']);
    expect(bench.look(built).exists('/evil')).toBe(false);
  });

  it('replace a link instead of writing through it', async () => {
    const bench = new Workbench();
    bench.context({ l: { link: '/etc/passwd' }, one: '1\n' });
    const built = await bench.build('FROM busybox\nCOPY . /d/\nCOPY one /d/l\n');
    expect(text(bench, built, '/d/l')).toBe('1\n');
    expect(text(bench, built, '/etc/passwd')).toContain('root:');
  });
});

describe('RUN --mount', () => {
  it('throws away what is written to a bind mount, and keeps a cache from build to build', async () => {
    const bench = new Workbench();
    bench.context({ file: 'f\n' });
    const { stderr } = await bench.print(
      [
        'FROM busybox',
        'RUN --mount=target=/m,rw echo new > /m/file',
        'RUN --mount=target=/m cat /m/file',
        'RUN --mount=type=cache,target=/c echo 1 >> /c/log',
        'RUN --mount=type=cache,target=/c echo 2 >> /c/log; cat /c/log',
        '',
      ].join('\n'),
    );
    expect(stderr).toMatch(/cat \/m\/file\n#\d+ 0.000 f\n/);
    const again = await bench.print('FROM busybox\nRUN --mount=type=cache,target=/c cat /c/log\n');
    expect(again.stderr).toMatch(/0.000 1\n#\d+ 0.000 2\n/);
  });

  it('leaves no trace of a secret in the image', async () => {
    const bench = new Workbench();
    const secrets = { pw: new TextEncoder().encode('hunter2') };
    const dockerfile =
      'FROM busybox\nRUN --mount=type=secret,id=pw cat /run/secrets/pw\nRUN --mount=type=secret,id=pw,env=PW echo $PW\n';
    const { built, stderr } = await bench.print(dockerfile, { secrets });
    expect(stderr).toContain('0.000 hunter2');
    const { diff_ids } = built!.image.config.rootfs;
    for (const id of diff_ids) expect(new TextDecoder().decode(bench.content.get(id))).not.toContain('hunter2');
    expect(JSON.stringify(built!.image.config)).not.toContain('hunter2');
    expect(bench.look(built!).exists('/run')).toBe(false);
  });
});
