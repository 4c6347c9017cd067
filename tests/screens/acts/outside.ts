import type { Cast } from '../cast';
import { button, type Tour, text } from '../stop';

/** What anybody may open. */
export async function* outside({ server: { url }, stranger: page }: Cast): Tour {
  const at = async (path: string) => void (await page.goto(url + path));
  await at('/');
  await page.locator('main svg').first().waitFor();
  yield { name: 'landing', page };
  await page.getByLabel('Class code').fill('12');
  await button(page, 'Join the class').click();
  await text(page, /A class code has/);
  yield { name: 'landing-wrong-code', page };
  await at('/nothing-here');
  yield { name: 'not-found', page };
  await at('/join/nonsense');
  await text(page, 'No class here');
  yield { name: 'join-wrong-code', page };
  await at('/join/K7P4QX');
  await text(page, /There is no class with this code/);
  yield { name: 'join-no-class', page };
  await at('/class/K7P4QX/board');
  await text(page, 'Back to the start');
  yield { name: 'board-not-signed-in', page };
  await at('/sign-in');
  await page.getByLabel('Host passphrase').fill('wrong');
  await page.getByLabel('Your name').fill('Ms Rivera');
  await button(page, 'Sign in').click();
  await text(page, /That is not the passphrase/);
  yield { name: 'sign-in-wrong', page };
}
