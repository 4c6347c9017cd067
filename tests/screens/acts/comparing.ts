import type { Cast } from '../cast';
import { button, type Tour, text } from '../stop';

/** Two sheets, one and its image, one and itself earlier, and what is not there. */
export async function* comparing({ teacher, server }: Cast, code: string): Tour {
  const { page } = teacher;
  await teacher.watchesBoard(code);
  await button(page, /^Pick Ana/).click();
  await button(page, /^Pick Bo/).click();
  await button(page, 'Compare them').click();
  await page.locator('.cm-mergeView').waitFor();
  yield { name: 'compare', page };
  const [left, right] = ['left', 'right'].map((side) => new URL(page.url()).searchParams.get(side)!);
  await page.goto(`${server.url}/class/${code}/compare?left=image&right=${left}&path=/etc/passwd`);
  await page.locator('.cm-content').first().waitFor();
  yield { name: 'compare-deleted', page };
  await page.goto(`${server.url}/class/${code}/compare?left=${right}&right=${left}&path=/app/notes.txt`);
  await page.locator('.cm-content').first().waitFor();
  yield { name: 'compare-added', page };
  await page.goto(`${server.url}/class/${code}/compare?left=${left}&right=${left}`);
  await page.locator('.cm-content').first().waitFor();
  yield { name: 'compare-itself', page };
  await page.goto(`${server.url}/class/${code}/compare?left=${left}@last&right=${left}`);
  await page.locator('.cm-mergeView').waitFor();
  yield { name: 'compare-earlier', page };
  await page.goto(`${server.url}/class/${code}/compare?left=image&right=ffffffffffff`);
  await text(page, /not there any more/);
  yield { name: 'compare-missing', page };
}

/** The tag moves: old sheets stay. */
export async function* moving({ teacher, ana, server }: Cast, code: string): Tour {
  const { page } = teacher;
  await page.goto(`${server.url}/class/${code}/image`);
  await page.locator('.cm-content').first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\nRUN echo second > /second\n');
  await button(page, /^Build$/).click();
  await button(page, /^Publish again/).waitFor();
  yield { name: 'image-again', page };
  await button(page, /^Publish/).click();
  await text(page, /is published/);
  await teacher.watchesBoard(code);
  await text(page, /The tag motd:1.0 has moved/);
  yield { name: 'board-tag-moved', page };
  await ana.page.goto(`${server.url}/class/${code}`);
  await ana.atPrompt(/[$#]$/);
  await text(ana.page, /stands on the old one/);
  yield { name: 'desk-tag-moved', page: ana.page };
}
