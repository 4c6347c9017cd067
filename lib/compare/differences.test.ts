import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sitter } from '../../tests/support/sitter';
import { type Column, type Differences, describeSheet, differencesOf, filesOf, followed } from '.';

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
    const { rows } = differencesOf(all);
    expect(rows.map(({ path, inImage, contents, cells }) => [path, inImage, contents, [...cells.keys()]])).toEqual([
      ['/x', undefined, 2, ['ana', 'bo', 'cy']],
      ['/etc/group', 0, 1, ['ana']],
      ['/etc/passwd', 0, 1, ['cy']],
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
    const { groups } = differencesOf(all);
    expect(groups.map(({ columns }) => columns.map(({ id }) => id).sort())).toEqual([
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

/** A class's table, and every one of its states afterwards: columns come, go, and change what they say. */
const paths = ['/a', '/b', '/etc', '/etc/motd', '/etc/group'];
const column = fc
  .record({
    id: fc.constantFrom('1', '2', '3', '4', '5', '6'),
    says: fc.dictionary(
      fc.constantFrom(...paths),
      fc.record({
        kind: fc.constantFrom('added' as const, 'changed' as const, 'deleted' as const),
        digest: fc.constantFrom('x', 'y', undefined),
        covers: fc.constantFrom(0, 1, undefined),
        onTheWay: fc.constantFrom(true, false, false),
      }),
    ),
  })
  .map(({ id, says }): Column => {
    const changes = Object.entries(says).map(([path, said]) => ({ path, is: 'file', ...said }));
    return { id, changes, state: JSON.stringify(changes) };
  });
const table = fc.uniqueArray(column, { selector: ({ id }) => id, maxLength: 6 });
/** Each keeps what it says of the one before, but for some columns. */
const story = fc.array(fc.record({ next: table, kept: fc.subarray(['1', '2', '3', '4', '5', '6']) }), { maxLength: 6 });

/** The table by its definition. */
function defined(columns: readonly Column[]) {
  const said = columns.flatMap(({ id, changes }) => changes.map((cell) => ({ id, cell })));
  const rows = [...new Set(said.map(({ cell }) => cell.path))].flatMap((path) => {
    const own = said.filter(({ cell }) => cell.path === path && !cell.onTheWay);
    if (own.length === 0) return [];
    const contents = new Set(own.map(({ cell }) => (cell.kind === 'deleted' ? 'deleted' : (cell.digest ?? cell.is))));
    const cells = new Map(own.map(({ id, cell }) => [id, cell]));
    return [{ path, cells, contents: contents.size, inImage: undefined }];
  });
  const states = [...new Set(columns.map(({ state }) => state))];
  const groups = states.map((state) => ({ state, columns: columns.filter((one) => one.state === state) }));
  return {
    rows: rows.sort((a, b) => b.cells.size - a.cells.size || (a.path < b.path ? -1 : 1)),
    groups: groups.sort((a, b) => b.columns.length - a.columns.length),
  };
}

const spoken = ({ rows, groups }: Pick<Differences, 'rows' | 'groups'>) => ({
  rows: rows.map(({ path, cells, contents }) => [path, contents, [...cells].sort(([a], [b]) => (a < b ? -1 : 1))]),
  groups,
});

describe('a table that is kept up', () => {
  it('is the one that would be made anew, whatever comes, goes and changes', () => {
    fc.assert(
      fc.property(story, (steps) => {
        let held = differencesOf<Column>([]);
        for (const { next, kept } of steps) {
          const before = new Map(held.columns.map((one) => [one.id, one]));
          const columns = next.map((one) => (kept.includes(one.id) ? (before.get(one.id) ?? one) : one));
          held = followed(held, columns);
          expect(spoken(held)).toEqual(spoken(defined(columns)));
          for (const { cells, inImage } of held.rows) {
            const covered = [...cells.values()].flatMap(({ covers }) => covers ?? []);
            expect(covered.length ? covered : [undefined]).toContain(inImage);
          }
        }
      }),
    );
  });

  it('keeps rows and groups that say the same, to the object', () => {
    const says = (id: string, ...of: readonly string[]): Column => ({
      id,
      changes: of.map((path) => ({ path, kind: 'added', is: 'file', digest: path })),
      state: of.join(),
    });
    const [ana, bo, cy] = [says('ana', '/a'), says('bo', '/a'), says('cy', '/c')];
    const before = differencesOf([ana, bo, cy]);
    const after = followed(before, [ana, bo, says('cy', '/c', '/d')]);
    expect(after.rows.map(({ path }) => path)).toEqual(['/a', '/c', '/d']);
    expect(after.rows[0]).toBe(before.rows[0]);
    expect(after.rows[1]).toBe(before.rows[1]);
    expect(after.groups[0]).toBe(before.groups[0]);
    expect(followed(after, [...after.columns])).toBe(after);
  });
});
