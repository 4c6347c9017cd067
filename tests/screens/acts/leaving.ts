import { containerPrompt } from '../../support/people';
import type { Cast } from '../cast';
import { button, dialog, type Tour, text } from '../stop';

/** In the other language, without a line, without a seat, and after the end. */
export async function* leaving(cast: Cast, code: string): Tour {
  const { teacher, ana, bo, stranger, server } = cast;
  const { page } = teacher;
  await button(page, /^Lock$/).click();
  await stranger.goto(`${server.url}/join/${code}`);
  await text(stranger, /The class is locked/);
  yield { name: 'join-locked', page: stranger };
  await button(page, 'More for Bo').click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await dialog(page).getByRole('button', { name: 'Remove' }).click();
  await text(bo.page, /not yours any more/);
  yield { name: 'desk-lost', page: bo.page };
  yield* inSpanish(cast);
  await ana.context.setOffline(true);
  await text(ana.page, /Not connected/);
  yield { name: 'desk-offline', page: ana.page };
  await ana.context.setOffline(false);
  await ana.atPrompt(containerPrompt);
  await button(page, 'End the class').click();
  await dialog(page).getByRole('button', { name: 'End the class' }).click();
  await text(page, 'The class has ended');
  yield { name: 'board-ended', page };
  await text(ana.page, 'The class has ended');
  yield { name: 'desk-ended', page: ana.page };
}

/** The widest words that the screens have. */
async function* inSpanish({ teacher, ana }: Cast): Tour {
  for (const { page } of [ana, teacher]) await page.getByRole('button', { name: 'Español' }).click();
  await text(ana.page, /Qué ve web/);
  yield { name: 'desk-spanish', page: ana.page };
  await text(teacher.page, 'En qué difieren');
  yield { name: 'board-spanish', page: teacher.page };
  for (const { page } of [ana, teacher]) await page.getByRole('button', { name: 'English' }).click();
  await text(teacher.page, 'Where they differ');
}
