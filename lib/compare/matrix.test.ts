import { describe, expect, it } from 'vitest';
import { Sitter } from '../../tests/support/sitter';
import { type Column, describeSheet, differenceMatrix, equalStates, filesOf } from '.';

/** A class of one computer: each container is somebody's column. */
async function columns(writes: Readonly<Record<string, string>>): Promise<Column[]> {
  const sitter = new Sitter();
  await sitter.open();
  for (const [name, script] of Object.entries(writes))
    await sitter.types(`docker run --name ${name} busybox sh -c '${script}'`);
  const { engine } = sitter.machine.state;
  sitter.machine.stop();
  return [...engine.containers.values()].map(({ name, snapshot }) => {
    const { sheet } = engine.sheets.get(snapshot)!;
    return { id: name, changes: describeSheet(sheet), state: sheet.stateDigest() };
  });
}

describe('sheets side by side', () => {
  it('make a row for each path that anybody touched, and tell contents apart', async () => {
    const all = await columns({
      ana: 'echo a > /x; rm /etc/group',
      bo: 'echo b > /x',
      cy: 'echo a > /x; chmod 600 /etc/passwd',
      di: 'true',
    });
    const rows = differenceMatrix(all);
    expect(
      rows
        .filter((row) => !row.onTheWay)
        .map(({ path, inImage, contents, cells }) => [path, inImage, contents, [...cells.keys()]]),
    ).toEqual([
      ['/etc/group', true, 1, ['ana']],
      ['/etc/passwd', true, 1, ['cy']],
      ['/x', false, 2, ['ana', 'bo', 'cy']],
    ]);
    const x = rows.find((row) => row.path === '/x')!;
    expect(x.cells.get('ana')!.digest).toBe(x.cells.get('cy')!.digest);
    expect(x.cells.get('ana')!.digest).not.toBe(x.cells.get('bo')!.digest);
    expect(rows.find((row) => row.path === '/etc/group')!.cells.get('ana')).toMatchObject({
      kind: 'deleted',
      covers: 0,
      is: 'file',
    });
  });

  it('group equal states, whoever made them and whenever', async () => {
    const all = await columns({
      ana: 'echo a > /x',
      bo: 'sleep 0.01; echo a > /x',
      cy: 'true',
      di: 'touch /y; rm /y',
      ed: 'echo b > /x',
    });
    expect(equalStates(all).map((group) => group.map(({ id }) => id).sort())).toEqual([
      ['ana', 'bo'],
      ['cy', 'di'],
      ['ed'],
    ]);
  });

  it('can be read, and not written, through the files of a sheet', async () => {
    const sitter = new Sitter();
    await sitter.open();
    await sitter.types("docker run --name web busybox sh -c 'echo a > /x'");
    const { engine } = sitter.machine.state;
    const files = filesOf(engine.sheets.get([...engine.containers.values()][0]!.snapshot)!.sheet);
    expect(new TextDecoder().decode(files.readFile('/x'))).toBe('a\n');
    expect(() => files.writeFile('/x', new Uint8Array(0))).toThrow(/EROFS/);
    sitter.machine.stop();
  });
});
