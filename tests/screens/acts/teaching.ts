import { containerPrompt } from '../../support/people';
import type { Cast } from '../cast';
import { button, closing, dialog, type Tour, text } from '../stop';

/** The host's tools on the board. */
export async function* teaching({ teacher, ana, bo, server }: Cast, code: string): Tour {
  const { page } = teacher;
  await button(page, /^Pick Ana/).click();
  await button(page, /^Pick Bo/).click();
  for (let i = 0; i < 3; i++) await bo.types('cat /nowhere', containerPrompt);
  await teacher.sees(/stuck: cat/);
  await button(ana.page, 'Ask for help').click();
  await button(bo.page, 'Ask for help').click();
  await teacher.sees(/2 ask for help/);
  yield { name: 'board', page };
  yield { name: 'desk-hand', page: bo.page };
  await button(page, /^Clear$/).click();
  for (const _ of [1, 2]) await button(page, /Answered/).click();
  await bo.types('true', containerPrompt);

  const menu = async (item: string) => {
    await button(page, 'More for Ana').click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await button(page, 'More for Ana').click();
  yield { name: 'board-menu', page };
  await page.keyboard.press('Escape');
  for (const [name, item] of [
    ['board-note', 'Write to them'],
    ['board-rename', 'Rename'],
    ['board-undo', 'Undo their last command'],
    ['board-reset', 'Start their computer over'],
    ['board-remove', 'Remove'],
  ] as const) {
    await menu(item);
    yield* closing(name, page);
  }
  await button(page, 'End the class').click();
  yield* closing('board-end', page);
  await button(page, 'Take it home').click();
  yield* closing('board-take-home', page);

  await page.getByLabel('Run a line in every running container').fill('cat /etc/motd');
  await button(page, /^Run$/).click();
  await page.getByRole('region', { name: 'Answers of the containers' }).waitFor();
  await page.getByLabel(/^Put a text into/).fill('read me');
  await button(page, 'Hand out').click();
  await button(page, 'Link to look on').click();
  await page.locator('code', { hasText: '#link=' }).waitFor();
  yield { name: 'board-tools', page };

  await page.getByLabel('Say something to everybody').fill('five more minutes');
  await button(page, /^Send$/).click();
  await text(ana.page, 'five more minutes');
  yield { name: 'desk-note', page: ana.page };
  await button(ana.page, /new message/).click();
  await ana.page.getByLabel('Write a message').fill('what is a whiteout? <b>');
  await dialog(ana.page).getByRole('button', { name: 'Send' }).click();
  await text(ana.page, 'what is a whiteout? <b>');
  yield* closing('desk-inbox', ana.page);
  await button(page, /new message/).click();
  yield* closing('board-inbox', page);

  await button(page, 'Stop the terminals').click();
  await text(ana.page, /has stopped the terminals/);
  yield { name: 'desk-frozen', page: ana.page };
  await button(page, 'Let them go on').click();

  await button(page, /^Look Ana/).click();
  await teacher.sees(/Ana has to agree first/);
  yield { name: 'look-waiting', page };
  await text(ana.page, /asks to look at your terminal/);
  yield { name: 'desk-look-asked', page: ana.page };
  await button(ana.page, 'Look and type with me').click();
  await text(ana.page, /can type in it/);
  yield { name: 'desk-looked-at', page: ana.page };
  await page.locator('.xterm-helper-textarea').waitFor({ state: 'attached' });
  yield { name: 'look', page };
  await button(ana.page, /^Stop$/).click();
  await teacher.sees(/terminal is not open to you/);
  yield { name: 'look-over', page };
  await page.goto(`${server.url}/class/${code}/board`);
  await teacher.watchesBoard(code);
}
