// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { en } from '../../_i18n';
import { Speaking } from '../../_i18n/language';
import { type ChangeView, type Column, emptyTable, tableAfter } from '../../_view';
import { Matrix } from '.';

afterEach(cleanup);

const motd: ChangeView = {
  path: '/etc/motd',
  kind: 'changed',
  is: 'file',
  covers: 1,
  digest: `sha256:${'ab'.repeat(32)}`,
};

function column(id: string, owner: string, changes: readonly ChangeView[]): Column {
  const container = {
    id,
    name: 'web',
    image: 'a:1',
    imageId: 'i',
    diffIds: [],
    command: 'sh',
    status: 'running',
    created: '',
    changes,
    digest: id,
    bytes: 0,
  } as const;
  return { id, seat: owner, owner, colour: 0, label: owner, container, changes, state: id };
}

function show(columns: readonly Column[]) {
  const said: string[] = [];
  render(
    <Speaking language="en" table={en} refusals={{}}>
      <Matrix
        table={tableAfter(emptyTable, columns)}
        picked={['1']}
        onPick={(id) => said.push(`pick ${id}`)}
        onOpen={(id, path) => said.push(`open ${id} ${path}`)}
      />
    </Speaking>,
  );
  return said;
}

it('is a table that says in words what each cell shows, and opens what is pressed', async () => {
  const said = show([column('1', 'Ana', [motd]), column('2', 'Bo', [])]);
  const row = within(screen.getByRole('row', { name: /etc\/motd/ }));
  expect(row.getAllByRole('cell').map((cell) => cell.textContent)).toEqual([
    '▣in the image, layer 2',
    '~',
    'as in the image',
  ]);
  await userEvent.click(row.getByRole('button', { name: 'Ana changed /etc/motd: look at the contents' }));
  await userEvent.click(screen.getByRole('button', { name: /Pick Bo/ }));
  expect(said).toEqual(['open 1 /etc/motd', 'pick 2']);
  expect(screen.getByRole('button', { name: /Pick Ana/ }).getAttribute('aria-pressed')).toBe('true');
});

const file = (path: string, digest: string): ChangeView => ({
  path,
  kind: 'added',
  is: 'file',
  digest: `sha256:${digest.repeat(32)}`,
});
const pathsShown = () => screen.getAllByRole('rowheader').map((head) => head.getAttribute('title'));
const names = () => screen.getAllByRole('button', { name: /^Pick/ }).map((found) => found.textContent?.slice(-14, -11));

it('makes of hundreds of paths and columns those that can be seen, and finds the others', async () => {
  const many = Array.from({ length: 300 }, (_, i) =>
    column(String(i), `P${i}`, [file('/same', 'aa'), file(`/own/${String(i).padStart(3, '0')}`, 'bb')]),
  );
  show(many);
  expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('302');
  expect(screen.getByRole('table').getAttribute('aria-colcount')).toBe('302');
  expect(pathsShown().length).toBeLessThan(60);
  expect(screen.getAllByRole('button', { name: /^Pick/ }).length).toBeLessThan(60);
  await userEvent.type(screen.getByRole('searchbox'), '/own/299');
  expect(pathsShown()).toEqual(['/own/299']);
});

it('follows a path: it comes first, and who says the same of it stands together', async () => {
  const says = (id: string, digest?: string) =>
    column(id, `${id}${id}${id}`, [file('/a', 'cc'), ...(digest ? [file('/b', digest)] : [])]);
  show([says('1'), says('2', 'aa'), says('3', 'bb'), says('4', 'aa')]);
  expect(pathsShown()).toEqual(['/a', '/b']);
  expect(names()).toEqual(['111', '222', '333', '444']);
  await userEvent.click(screen.getByRole('button', { name: 'Follow /b' }));
  expect(pathsShown()).toEqual(['/b', '/a']);
  expect(names()).toEqual(['222', '444', '333', '111']);
  expect(screen.getByRole('status').textContent).toContain('3 of 4 containers touch it');
  await userEvent.click(screen.getByRole('button', { name: 'Follow /b' }));
  expect(names()).toEqual(['111', '222', '333', '444']);
});

it('says that nothing differs', () => {
  show([column('1', 'Ana', [])]);
  expect(screen.getByText(en['matrix.none'])).toBeTruthy();
});

it('draws one column a group of equal sheets when there are too many', () => {
  const many = Array.from({ length: 50 }, (_, i) => ({
    ...column(String(i), `P${i}`, [motd]),
    state: i < 30 ? 'same' : 'other',
  }));
  show(many);
  expect(screen.getAllByRole('button', { name: /^Pick|Pick P/ })).toHaveLength(2);
  expect(screen.getByText('×30')).toBeTruthy();
});
