import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Taken } from '../../lib/protocol';
import { type Client, connect, hostCookie, until } from '../support/client';
import { type RunningServer, startServer } from '../support/start-server';
import { docker, run, runBytes, skopeo } from './tools';

/**
 * The whole way round: an image leaves a real engine, becomes a class's, a student writes in a container of it, and both the
 * image and the container go back into the real engine, under the ids that the class was shown, and run there.
 */
describe.skipIf(!docker)('from a real engine through a class and home again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dockerland-home-'));
  const tag = `dockerland-home-${process.pid}:1`;
  const made: string[] = [tag];
  let server: RunningServer;
  let cookie: string;
  let host: Client;
  let ana: Client;
  let code: string;
  let token: string;
  let id: string;

  beforeAll(async () => {
    // Without the builder: a commit is an image that nobody else has.
    const container = run('docker', 'create', 'busybox:latest', 'sh').trim();
    run('docker', 'commit', '--change', 'LABEL made=outside', container, tag);
    run('docker', 'rm', container);
    id = run('docker', 'image', 'inspect', '-f', '{{.Id}}', tag).trim();
    server = await startServer();
    cookie = await hostCookie(server.secret);
    host = await connect(server.url, { cookie });
    code = (await host.get('class:open', { title: 'Home' })).code;
    ana = await connect(server.url);
    ({ token } = await ana.get('seat:take', { code, name: 'Ana' }));
  });

  afterAll(async () => {
    host?.close();
    ana?.close();
    await server?.stop();
    for (const image of made) run('docker', 'rmi', '-f', image);
    rmSync(folder, { recursive: true, force: true });
  });

  const at = (rest = '') => `${server.url}/api/class/${code}/archive${rest}`;
  const take = async (body: object) => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(at('/link'), { method: 'POST', body: JSON.stringify(body), headers });
    const taken = (await answer.json()) as Taken & { message?: string };
    expect(taken.message).toBeUndefined();
    const file = join(folder, taken.file);
    writeFileSync(file, Buffer.from(await (await fetch(new URL(taken.href, server.url))).arrayBuffer()));
    return { ...taken, path: file };
  };

  it('comes in with its id', async () => {
    const sent = await fetch(at(), {
      method: 'POST',
      body: runBytes('docker', 'save', tag) as never,
      headers: { cookie },
    });
    expect(await sent.json()).toMatchObject({ ok: true, images: [{ imageId: id, references: [tag] }] });
    const body = JSON.stringify({ imageId: id, reference: tag });
    const answer = await fetch(at('/publish'), { method: 'POST', body, headers: { cookie } });
    expect(await answer.json()).toMatchObject({ ok: true, image: { imageId: id } });
  });

  it('goes home with its id', async () => {
    run('docker', 'rmi', tag);
    const { path, imageId } = await take({ imageId: id, form: 'docker' });
    expect(imageId).toBe(id);
    run('docker', 'load', '-i', path);
    expect(run('docker', 'image', 'inspect', '-f', '{{.Id}}', tag).trim()).toBe(id);
  });

  it.skipIf(!skopeo)('goes home as an OCI layout under the digest of its manifest', async () => {
    const { path, manifestDigest } = await take({ imageId: id, form: 'oci' });
    expect(run('skopeo', 'inspect', '--format', '{{.Digest}}', `oci-archive:${path}`).trim()).toBe(manifestDigest);
  });

  it('takes a container along, which runs there with what was written here', async () => {
    const { machine } = await ana.get('class:watch', { code, cursor: 0 });
    await ana.get('machine:watch', { code, machine, cursor: 0 });
    await ana.get('terminal:open', { code, machine, terminal: 't', columns: 80, rows: 24 });
    const line = `docker run --name box ${tag} sh -c 'echo written in class > /note; rm /etc/group'\n`;
    await ana.get('terminal:type', { code, machine, terminal: 't', client: 'c'.repeat(16), seq: 1, data: line });
    const container = await until(async () => {
      const { machines } = await host.get('board:watch', { code, cursors: {}, only: [machine] });
      const text = JSON.stringify(machines[machine]);
      return text.includes('"exited"') && /"id":"([0-9a-f]{64})","name":"box"/.exec(text)?.[1];
    });
    const image = await take({ container, form: 'docker' });
    made.push(image.imageId!);
    expect(run('docker', 'load', '-i', image.path)).toContain(image.imageId);
    const script = 'cat /note; ls /etc/group 2>&1';
    expect(run('docker', 'run', '--rm', image.imageId!, 'sh', '-c', `${script}; true`)).toBe(
      'written in class\nls: /etc/group: No such file or directory\n',
    );
    const files = await take({ container, form: 'rootfs' });
    const imported = run('docker', 'import', files.path).trim();
    made.push(imported);
    expect(run('docker', 'run', '--rm', imported, 'cat', '/note')).toBe('written in class\n');
  });
});
