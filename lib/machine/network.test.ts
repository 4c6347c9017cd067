import { describe, expect, it } from 'vitest';
import { Switch } from './network';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (words: string) => new TextEncoder().encode(words);
const on = (network: string, address: string, names: string[] = []) => ({
  name: 'eth0',
  address,
  prefix: 16,
  mac: '02:42:ac:11:00:02',
  network,
  names,
});
const noHosts = () => '127.0.0.1 localhost\n';

function home() {
  const wires = new Switch();
  const host = wires.plug([{ ...on('bridge', '172.17.0.1'), name: 'docker0' }], noHosts);
  host.isHost = true;
  return { wires, host };
}

describe('the wires of a computer', () => {
  it('carry bytes both ways, in order, to the end', async () => {
    const { wires, host } = home();
    const web = wires.plug([on('bridge', '172.17.0.2')], noHosts, [{ hostIp: '0.0.0.0', hostPort: 8080, port: 80 }]);
    const door = web.listen(80);
    const near = await host.connect('127.0.0.1', 8080);
    const far = await door.accept();
    await near.write(bytes('GET /'));
    expect(text(await far.read())).toBe('GET /');
    await far.write(bytes('200'));
    far.close();
    expect(text(await near.read())).toBe('200');
    expect(await near.read()).toHaveLength(0);
    await expect(near.write(bytes('x'))).rejects.toMatchObject({ errno: 'EPIPE' });
  });

  it('resolve names only between systems of one network', async () => {
    const { wires } = home();
    wires.plug([on('class', '172.18.0.2', ['web'])], noHosts);
    const friend = wires.plug([on('class', '172.18.0.3')], noHosts);
    const stranger = wires.plug([on('other', '172.19.0.2')], () => '10.9.9.9 written.here\n');
    expect(friend.resolve('web')).toEqual(['172.18.0.2']);
    expect(stranger.resolve('web')).toEqual([]);
    expect(stranger.resolve('written.here')).toEqual(['10.9.9.9']);
    await expect(stranger.connect('172.18.0.2', 80)).rejects.toMatchObject({ errno: 'EHOSTUNREACH' });
    await expect(friend.connect('172.18.0.2', 80)).rejects.toMatchObject({ errno: 'ECONNREFUSED' });
  });

  it('let a port of the host be taken once', () => {
    const { wires, host } = home();
    const port = [{ hostIp: '0.0.0.0', hostPort: 8080, port: 80 }];
    const first = wires.plug([on('bridge', '172.17.0.2')], noHosts, port);
    expect(() => wires.plug([on('bridge', '172.17.0.3')], noHosts, port)).toThrow(/EADDRINUSE/);
    expect(() => host.listen(8080)).toThrow(/EADDRINUSE/);
    wires.unplug(first);
    expect(host.listen(8080).port).toBe(8080);
  });

  it('end what waits when a system goes', async () => {
    const { wires, host } = home();
    const web = wires.plug([on('bridge', '172.17.0.2')], noHosts);
    const door = web.listen(80);
    const waiting = door.accept();
    const near = host.connect('172.17.0.2', 80);
    await Promise.all([waiting, near]);
    const next = door.accept();
    wires.unplug(web);
    await expect(next).rejects.toMatchObject({ errno: 'EBADF' });
    await expect(host.connect('172.17.0.2', 80)).rejects.toMatchObject({ errno: 'EHOSTUNREACH' });
  });
});
