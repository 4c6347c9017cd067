import type { Cast } from '../cast';
import { button, type Tour, text } from '../stop';

/** A question: predict, run, reveal. */
export async function* asking({ teacher, ana }: Cast): Tour {
  const { page } = teacher;
  await button(page, 'Ask the class').click();
  const desk = ana.page;
  await desk.getByRole('radio').first().waitFor();
  yield { name: 'desk-predict', page: desk };
  await desk.locator('input[type=radio]').first().check();
  await button(desk, 'Lock my answer').click();
  await text(desk, /have answered. Then run it/);
  yield { name: 'desk-predicted', page: desk };
  await text(page, /1 of 7 have answered/);
  yield { name: 'board-question', page };
  await button(page, 'Reveal').click();
  await text(desk, /predicted/);
  yield { name: 'desk-revealed', page: desk };
  yield { name: 'board-revealed', page };
}

/** The wall, with each thing in the spotlight. */
export async function* showing({ browser, teacher, ana, server }: Cast, code: string): Tour {
  const { page } = teacher;
  // A window of its own: a tab behind another one is drawn rarely.
  const signedIn = { storageState: await teacher.context.storageState(), viewport: page.viewportSize() };
  const wall = await browser.newPage(signedIn);
  await wall.goto(`${server.url}/class/${code}/projector`);
  await wall.locator('main svg').first().waitFor();
  yield { name: 'projector', page: wall };
  const show = async (name: string) => void (await button(page, name).click());
  await show('The question');
  await text(wall, /answered/);
  yield { name: 'projector-question', page: wall };
  await button(page, 'Close the question').click();
  await text(wall, 'No question is open now.');
  yield { name: 'projector-no-question', page: wall };
  await show('Everybody’s sheets');
  await text(ana.page, /Look!/);
  yield { name: 'desk-spotlight', page: ana.page };
  yield { name: 'projector-sheets', page: wall };
  await show('The differences');
  await wall.getByRole('table').first().waitFor();
  yield { name: 'projector-differences', page: wall };
  await page.getByLabel('All paths, or one').fill('/etc/motd');
  await show('The differences');
  await text(wall, /touch it/);
  yield { name: 'projector-path', page: wall };
  await button(page, 'More for Bo').click();
  await page.getByRole('menuitem', { name: 'Show on the projector' }).click();
  await text(wall, /Bo’s sheet/);
  yield { name: 'projector-seat', page: wall };
  await button(page, /^Pick Ana/).click();
  await button(page, /^Pick Bo/).click();
  await show('Show on the projector');
  await text(wall, 'Two sheets side by side');
  await wall.getByText('/app/notes.txt').first().waitFor();
  yield { name: 'projector-pair', page: wall };
  await button(page, 'Clear').click();
  await show('The teacher’s terminal');
  const desk = await browser.newPage(signedIn);
  await desk.goto(`${server.url}/class/${code}`);
  await desk.locator('.xterm-helper-textarea').focus();
  await desk.keyboard.type('docker images\n');
  await wall
    .getByRole('log')
    .getByText(/REPOSITORY/)
    .waitFor();
  yield { name: 'projector-terminal', page: wall };
  yield { name: 'desk-host', page: desk };
  await desk.close();
  await show('Stop showing');
  await wall.close();
}

/** The board as a student has it: whole, without names, closed. */
export async function* sharing({ teacher: { page }, ana, server }: Cast, code: string): Tour {
  await ana.page.goto(`${server.url}/class/${code}/board`);
  await text(ana.page, 'Where they differ');
  yield { name: 'board-student', page: ana.page };
  await page.getByText('Names are shown').click();
  await button(ana.page, /^Pick Seat 2/).waitFor();
  yield { name: 'board-nameless', page: ana.page };
  await page.getByText('Students may compare').click();
  await text(ana.page, /has not opened comparisons/);
  yield { name: 'board-closed', page: ana.page };
  await page.getByText('Students may compare').click();
  await page.getByText('Names are shown').click();
}
