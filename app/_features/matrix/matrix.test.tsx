// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { en } from '../../_i18n';
import { Speaking } from '../../_i18n/language';
import type { ChangeView, Column } from '../../_view';
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
  return { id, seat: owner, owner, colour: 0, label: owner, container };
}

function show(columns: readonly Column[]) {
  const said: string[] = [];
  render(
    <Speaking language="en" table={en} refusals={{}}>
      <Matrix
        columns={columns}
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

it('says that nothing differs', () => {
  show([column('1', 'Ana', [])]);
  expect(screen.getByText(en['matrix.none'])).toBeTruthy();
});

it('draws one column a group of equal sheets when there are too many', () => {
  const many = Array.from({ length: 50 }, (_, i) => ({
    ...column(String(i), `P${i}`, [motd]),
    container: { ...column('x', 'x', [motd]).container, digest: i < 30 ? 'same' : 'other' },
  }));
  show(many);
  expect(screen.getAllByRole('button', { name: /^Pick|Pick P/ })).toHaveLength(2);
  expect(screen.getByText('×30')).toBeTruthy();
});
