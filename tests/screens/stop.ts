import type { Page } from 'playwright-core';

/** A screen in one state, ready to be looked at. What comes after it happens when the next one is asked for. */
export interface Stop {
  readonly name: string;
  readonly page: Page;
}

export type Tour<Found = void> = AsyncGenerator<Stop, Found, void>;

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
export const text = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();
export const dialog = (page: Page) => page.getByRole('dialog');

/** The dialog that is open, which is closed afterwards. */
export async function* closing(name: string, page: Page): Tour {
  await dialog(page).waitFor();
  yield { name, page };
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
}
