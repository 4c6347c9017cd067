import { describe, expect, it } from 'vitest';
import { commandsFor } from './commands';

const imageId = `sha256:${'ab'.repeat(32)}`;

describe('what to type at home', () => {
  it('names an image by its tag', () =>
    expect(commandsFor('docker', { href: '', file: 'motd-1.0.tar', imageId, reference: 'motd:1.0' })).toEqual([
      'docker load -i motd-1.0.tar',
      "docker inspect -f '{{.Id}}' motd:1.0",
      'docker run --rm -it motd:1.0',
    ]));

  it('names a container’s image by its id', () =>
    expect(commandsFor('docker', { href: '', file: 'web.tar', imageId })[2]).toBe('docker run --rm -it abababababab'));

  it('imports files alone', () =>
    expect(commandsFor('rootfs', { href: '', file: 'web-rootfs.tar' })[0]).toBe(
      'docker import web-rootfs.tar mine:home',
    ));
});
