// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { en } from '../../_i18n';
import { Speaking } from '../../_i18n/language';
import { Join, type Looked, type Problem } from '.';

afterEach(cleanup);

const found: Looked = { kind: 'found', title: 'Layers <b>1</b>', host: 'Ms Okoye', locked: false, full: false };

function show(looked: Looked, problem?: Problem) {
  const taken: string[] = [];
  render(
    <Speaking language="en" table={en} refusals={{}}>
      <Join code="K7P4QX" looked={looked} problem={problem} busy={false} onTake={(name) => taken.push(name)} />
    </Speaking>,
  );
  return taken;
}

describe('the door of a class', () => {
  it('shows its title as text and takes the name that is typed', async () => {
    const taken = show(found);
    expect(screen.getByRole('heading').textContent).toBe('Layers <b>1</b>');
    await userEvent.type(screen.getByLabelText('Your name'), 'Zoë');
    await userEvent.click(screen.getByRole('button', { name: 'Go in' }));
    expect(taken).toEqual(['Zoë']);
  });

  it('says what is wrong with a name, and takes the one it offers', async () => {
    const taken = show(found, { message: 'Somebody is called Ana.', offer: 'Ana 2' });
    const input = screen.getByLabelText<HTMLInputElement>('Your name');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByRole('alert').textContent).toBe('Somebody is called Ana.');
    await userEvent.click(screen.getByRole('button', { name: 'Be “Ana 2”' }));
    expect(taken).toEqual(['Ana 2']);
    expect(input.value).toBe('Ana 2');
  });

  it('lets nobody into a locked class', () => {
    show({ ...found, locked: true });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Go in' }).disabled).toBe(true);
  });

  it('has no form where no class is', () => {
    show({ kind: 'refused', message: 'There is no class with this code.' });
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(screen.getByRole('alert').textContent).toBe('There is no class with this code.');
  });
});
