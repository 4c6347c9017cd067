import type { Page } from 'playwright-core';
import { containerPrompt } from '../support/people';
import { type Cast, crowd } from './cast';

/** A screen in one state, ready to be looked at. What comes after it happens when the next one is asked for. */
export interface Stop {
  readonly name: string;
  readonly page: Page;
}

type Tour = AsyncGenerator<Stop, void, void>;

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
const text = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();
const dialog = (page: Page) => page.getByRole('dialog');

/** Every screen of the product with its states and its dialogs, played by a real class on a real server. */
export async function* tour(cast: Cast): Tour {
  yield* outside(cast);
  const code = yield* opening(cast);
  yield* arriving(cast, code);
  yield* working(cast, code);
  yield* teaching(cast, code);
  yield* asking(cast, code);
  yield* showing(cast, code);
}

/** What anybody may open. */
async function* outside({ server: { url }, stranger: page }: Cast): Tour {
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

/** A class is made: from nothing to an image that everybody has. */
async function* opening({ server: { url, passphrase }, teacher }: Cast): AsyncGenerator<Stop, string, void> {
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

async function* arriving(cast: Cast, code: string): Tour {
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

/** A desk, and what can be opened on it. */
async function* working({ ana, bo }: Cast, _code: string): Tour {
  const { page } = ana;
  await bo.types('docker run -it --name web motd:1.0 sh', containerPrompt);
  await bo.types('echo bo was here > /etc/motd', containerPrompt);
  await ana.types('docker run -it --name web motd:1.0 sh', containerPrompt);
  await ana.types('echo Ana was here > /etc/motd', containerPrompt);
  await ana.types('rm /etc/passwd; echo milk > /app/notes.txt', containerPrompt);
  await text(page, /1 deleted/);
  yield { name: 'desk', page };
  for (const part of ['My stack', 'What to try']) {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: part }).click();
    await page.setViewportSize({ width: 1440, height: 900 });
    yield { name: `desk-${part === 'My stack' ? 'stack' : 'guide'}`, page };
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Terminal', exact: true }).click();
  await page.setViewportSize({ width: 1440, height: 900 });
  await button(page, 'As text').click();
  yield { name: 'desk-as-text', page };
  await button(page, 'Back to the terminal').click();
  await button(page, /verified here/).click();
  await button(page, 'Turn one bit in a copy').click();
  await text(page, 'The copy:');
  yield* closing('proof', page);
  await button(page, 'Take it home').click();
  yield* closing('take-home', page);
  await button(page, 'Start over').click();
  yield* closing('start-over', page);
  await page.getByTitle('My seat on another device').click();
  yield* closing('seat-link', page);
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.type('vi /etc/motd\n');
  await dialog(page).locator('.cm-content').waitFor();
  yield { name: 'editor', page };
  await page.keyboard.type('more');
  await page.keyboard.press('Escape');
  await text(page, 'Save what you wrote?');
  yield { name: 'editor-ask', page };
  await dialog(page).getByRole('button', { name: 'Discard' }).click();
  await ana.atPrompt(containerPrompt);
  await ana.types('exit');
  await ana.types('docker run -d --name site -p 8080:80 nginx:alpine');
  await page.locator('iframe').first().waitFor();
  yield { name: 'desk-pages', page };
  await button(page, 'Open larger').click();
  yield* closing('page-larger', page);
  await ana.types('docker rm -f site');
  await ana.types('docker start -ai web', containerPrompt);
}

async function* closing(name: string, page: Page): Tour {
  await dialog(page).waitFor();
  yield { name, page };
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
}

/** The host's tools on the board. */
async function* teaching({ teacher, ana, bo, server }: Cast, code: string): Tour {
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

/** A question: predict, run, reveal. */
async function* asking({ teacher, ana }: Cast, _code: string): Tour {
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
async function* showing({ teacher, ana, server }: Cast, code: string): Tour {
  const { page } = teacher;
  const wall = await teacher.context.newPage();
  await wall.goto(`${server.url}/class/${code}/projector`);
  await wall.locator('main svg').first().waitFor();
  yield { name: 'projector', page: wall };
  const show = async (name: string) => void (await button(page, name).click());
  await show('The question');
  await text(wall, /have answered|predicted|answered/);
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
  await show('Stop showing');
  await wall.close();
}
