import { type Cast, crowd } from '../cast';
import { button, type Tour, text } from '../stop';

/** A class is made: from nothing to an image that everybody has. */
export async function* opening({ server: { url, passphrase }, teacher }: Cast): Tour<string> {
  const { page } = teacher;
  await teacher.signIn(passphrase);
  await text(page, /No class yet/);
  yield { name: 'classes-none', page };
  await page.goto(`${url}/host/new`);
  yield { name: 'new-class', page };
  await page.getByLabel('Title').fill('An image never changes');
  await button(page, 'Next: the image').click();
  await page.waitForURL('**/image');
  await page.locator('.cm-content').first().waitFor();
  const code = new URL(page.url()).pathname.split('/')[2]!;
  yield { name: 'image-new', page };
  await page.goto(`${url}/class/${code}/board`);
  await text(page, 'No image is published yet.');
  yield { name: 'board-no-image', page };
  await page.goto(`${url}/class/${code}/projector`);
  await text(page, 'No image is published yet.');
  yield { name: 'projector-no-image', page };
  await page.goto(`${url}/class/${code}/image`);
  await page.locator('.cm-content').first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\nCOPPY nothing /app\n');
  await button(page, /^Build$/).click();
  await text(page, 'What the builder said');
  yield { name: 'image-failed', page };
  for (let i = 0; i < 'COPPY nothing /app\n'.length + 1; i++) await page.keyboard.press('Control+z');
  await page.locator('.cm-content').first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('ArrowUp');
  for (const _ of [1, 2]) {
    if (!(await page.locator('.cm-content').first().innerText()).includes('COPPY')) break;
    await page.getByText('COPPY').click();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+End');
    await page.keyboard.press('Backspace');
  }
  await button(page, /^Build$/).click();
  await button(page, /^Publish/).waitFor();
  yield { name: 'image-built', page };
  await button(page, /^Publish/).click();
  await text(page, /is published/);
  yield { name: 'image-published', page };
  await page.goto(`${url}/host`);
  await text(page, 'An image never changes');
  yield { name: 'classes', page };
  await teacher.watchesBoard(code);
  yield { name: 'board-nobody', page };
  return code;
}

export async function* arriving(cast: Cast, code: string): Tour {
  const { server, teacher, ana, bo, stranger } = cast;
  await stranger.goto(`${server.url}/join/${code}`);
  await stranger.getByLabel('Your name').waitFor();
  yield { name: 'join', page: stranger };
  await ana.joins(code, 'Ana');
  yield { name: 'desk-new', page: ana.page };
  await stranger.getByLabel('Your name').fill('ana');
  await button(stranger, 'Go in').click();
  await text(stranger, /is called ana already/);
  yield { name: 'join-name-taken', page: stranger };
  await bo.joins(code, 'Bo');
  await crowd(cast, code);
  await teacher.sees(/7 people/);
}
