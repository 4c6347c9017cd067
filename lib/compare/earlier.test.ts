import { describe, expect, it } from 'vitest';
import { Sitter } from '../../tests/support/sitter';
import { pathsBetween, pointsOf } from '.';

/** One computer whose container is changed line by line; the engine as it was after each. */
async function changedBy(lines: readonly string[]) {
  const sitter = new Sitter();
  await sitter.open();
  await sitter.types('docker run -dit --name web busybox sh');
  const versions = [sitter.stream.length];
  for (const line of lines) {
    await sitter.types(`docker exec web sh -c '${line}'`);
    versions.push(sitter.stream.length);
  }
  sitter.machine.stop();
  const engines = versions.map((version) => ({ version, engine: sitter.replayed(version).engine }));
  const container = [...engines[0]!.engine.containers.keys()][0]!;
  const sheets = engines.map(({ engine }) => [...engine.sheets.values()][0]!.sheet);
  return { engines, container, sheets };
}

describe('a container with itself earlier', () => {
  it('differs in the paths that show something else, and not in folders on the way or in times', async () => {
    const { sheets } = await changedBy([
      'echo a > /etc/motd',
      'echo b > /etc/motd; chmod 600 /etc/group',
      'rm /etc/passwd; mkdir /d; touch /d/x',
      'touch /d/x; echo b > /etc/motd',
      'rm -r /d',
      'mkdir /d; echo > /d/x',
      'ln -sf /a /l',
      'ln -sf /b /l; chmod 700 /etc',
    ]);
    const paths = sheets.slice(1).map((sheet, at) => pathsBetween(sheets[at]!, sheet));
    expect(paths).toEqual([
      ['/etc/motd'],
      ['/etc/group', '/etc/motd'],
      ['/d', '/d/x', '/etc/passwd'],
      [],
      ['/d', '/d/x'],
      ['/d', '/d/x'],
      ['/l'],
      ['/etc', '/l'],
    ]);
    expect(pathsBetween(sheets[3]!, sheets[6]!)).toEqual(['/d/x']);
    expect(pathsBetween(sheets[4]!, sheets[4]!)).toEqual([]);
  });

  it('has a point before each change of its own', async () => {
    const { engines, container } = await changedBy(['echo a > /a', 'true', 'rm /a; echo b > /b', 'echo c > /b']);
    const now = engines.at(-1)!.engine;
    const all = (wanted: string) => {
      const points = pointsOf(wanted, engines.slice(0, -1), now);
      for (;;) {
        const step = points.next();
        if (step.done) return step.value.map(({ version, paths }) => [version, paths]);
      }
    };
    const [before, , third, fourth] = engines.map(({ version }) => version);
    expect(all(container)).toEqual([
      [before, 1],
      // Nothing changed between the second state and the third.
      [third, 2],
      [fourth, 1],
    ]);
    expect(all('nobody')).toEqual([]);
  });
});
