import { describe, expect, it } from 'vitest';
import { Sitter } from '../../tests/support/sitter';

/** What somebody's commands have told when they are done; `rest`: from the moment that the class's image was there. */
async function told(...lines: readonly string[]) {
  const bo = new Sitter();
  await bo.open();
  await bo.types('docker pull -q busybox');
  for (const line of lines) await bo.types(line);
  const shows = bo.machine.state.person.shows ?? [];
  expect(bo.replayed().person).toEqual(bo.machine.state.person);
  bo.machine.stop();
  return shows;
}

const wrote = "docker run --name web busybox sh -c 'echo a > /x'";

describe('M3, a stopped container is gone', () => {
  it('shows when one that holds changes is thrown away and images are looked at', async () => {
    expect(await told(wrote, 'docker rm web', 'docker images')).toEqual(['M3']);
    expect(await told(wrote, 'docker container rm web', 'docker ps -a', 'docker image ls')).toEqual(['M3']);
  });

  it('is not shown by looking alone, by other work in between, or by a container that held nothing', async () => {
    expect(await told(wrote, 'docker images')).toEqual([]);
    expect(await told(wrote, 'docker rm web', 'docker ps -a')).toEqual([]);
    expect(await told(wrote, 'docker rm web', 'docker run --rm busybox true', 'docker images')).toEqual([]);
    expect(await told('docker run --name web busybox true', 'docker rm web', 'docker images')).toEqual([]);
    expect(await told(wrote, 'docker rm nobody', 'docker images')).toEqual([]);
  });

  it('is not shown by ending one that runs, which is no accident', async () => {
    const runs = "docker run -d --name web busybox sh -c 'echo a > /x; sleep 60'";
    expect(await told(runs, 'docker rm -f web', 'docker images')).toEqual([]);
  });

  it('is taken back when a stopped container is started again', async () => {
    const again = wrote.replace('web', 'other');
    expect(await told(wrote, 'docker rm web', 'docker images', again, 'docker start other')).toEqual([]);
  });
});

describe('M4, removing an image removes its containers', () => {
  it('shows when a refusal is answered with force', async () => {
    expect(await told(wrote, 'docker rmi busybox', 'docker rmi -f busybox')).toEqual(['M4']);
    expect(await told(wrote, 'docker rmi busybox', 'docker ps -a', 'docker rmi -f busybox')).toEqual(['M4']);
  });

  it('is not shown by force alone, and taken back when the containers went first', async () => {
    expect(await told(wrote, 'docker rmi -f busybox')).toEqual([]);
    expect(await told(wrote, 'docker rmi busybox', 'docker rm web', 'docker rmi busybox')).toEqual([]);
  });
});

describe('M5, a commit changes the image that it began from', () => {
  it('shows when the old image is asked for after a commit to another name', async () => {
    expect(await told(wrote, 'docker commit web mine:1', 'docker run --rm busybox cat /x')).toEqual(['M5']);
    expect(await told(wrote, 'docker commit web mine:1', 'docker images', 'docker history busybox')).toEqual(['M5']);
  });

  it('is not shown when the tag has moved, and taken back by asking for the new image', async () => {
    expect(await told(wrote, 'docker commit web busybox', 'docker run --rm busybox cat /x')).toEqual([]);
    const old = [wrote, 'docker commit web mine:1', 'docker history busybox'];
    expect(await told(...old, 'docker commit web mine:2', 'docker run --rm mine:2 cat /x')).toEqual([]);
  });
});
