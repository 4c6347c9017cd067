import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser';
import { containerPrompt, meet, part, Student, Teacher } from '../support/people';
import type { RunningServer } from '../support/start-server';

const browser: Browser | undefined = await launchBrowser();
const slow = { timeout: 20_000 };

const shown = (page: Page) => page.locator('body').innerText();
const shows = (page: Page, words: RegExp) => expect.poll(() => shown(page), slow).toMatch(words);
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();

/** Every teaching tool, by those who use it: a teacher with a board and a projector, two students. The steps build on one another. */
describe.skipIf(!browser)('the teaching tools', () => {
  let server: RunningServer;
  let teacher: Teacher;
  let ana: Student;
  let bo: Student;
  let wall: Page;
  let code: string;

  /** What a host does to one person, from the menu beside the name. */
  async function menu(name: string, item: string): Promise<void> {
    await button(teacher.page, `More for ${name}`).click();
    await teacher.page.getByRole('menuitem', { name: item }).click();
  }

  /** What somebody's sheet in the picture is called. */
  const sheetOf = (name: string) =>
    teacher.page.locator('svg[role=group] > g[role=button] > title', { hasText: new RegExp(`^${name}: `) }).innerHTML();

  beforeAll(async () => {
    ({ server, teacher, ana, bo, code } = await meet(browser!, { title: 'All the tools', board: true }));
    wall = await teacher.context.newPage();
    await wall.goto(`${server.url}/class/${code}/projector`);
  });

  afterAll(() => part(browser, server));

  it('begin with a class that is at work', async () => {
    await ana.joins(code, 'Ana');
    await bo.joins(code, 'Bo');
    for (const student of [ana, bo]) await student.types('docker run -it --name web motd:1.0 sh', containerPrompt);
    await ana.types('echo ana > /etc/motd', containerPrompt);
    await bo.types('echo bo > /etc/motd', containerPrompt);
  });

  it('say on every sheet which image it stands on and what its own state is', async () => {
    await expect.poll(() => sheetOf('Bo'), slow).toMatch(/changed/);
    const told = await Promise.all(['Ana', 'Bo'].map(sheetOf));
    const digests = told.map((said) => /stands on (\w{12}); its own state is (\w{12})/.exec(said)?.slice(1) ?? []);
    const id = await teacher.page
      .getByText('All 2 stand on')
      .locator('..')
      .getByTitle(/^sha256:/)
      .getAttribute('title');
    expect(digests.map(([image]) => image)).toEqual([id!.slice(7, 19), id!.slice(7, 19)]);
    expect(digests[0]![1]).not.toBe(digests[1]![1]);
    const drawn = await teacher.page.locator('svg[role=group] text').allTextContents();
    for (const [image] of digests) expect(drawn.some((text) => text.length >= 4 && image!.startsWith(text))).toBe(true);
  });

  it('raise a hand, see one’s place, be answered', async () => {
    await button(ana.page, 'Ask for help').click();
    await button(bo.page, 'Ask for help').click();
    await ana.sees(/1 in the queue/);
    await bo.sees(/2 in the queue/);
    await teacher.sees(/2 ask for help/);
    await expect.poll(() => sheetOf('Ana'), slow).toMatch(/asks for help, number 1 in the queue$/);
    expect(await sheetOf('Bo')).toMatch(/asks for help, number 2 in the queue$/);
    await button(teacher.page, 'As a table').click();
    const sheets = teacher.page.getByRole('region', { name: 'All sheets as a table' });
    expect(await sheets.getByRole('row', { name: /^Ana / }).innerText()).toMatch(/number 1 in the queue/);
    await button(teacher.page, 'Hide the table').click();
    await button(teacher.page, /Answered/).click();
    await bo.sees(/1 in the queue/);
    await ana.sees(/Ask for help/);
    await button(bo.page, /in the queue/).click();
    await expect.poll(() => teacher.text(), slow).not.toMatch(/asks? for help/);
  });

  it('freeze and thaw the terminals', async () => {
    await button(teacher.page, 'Stop the terminals').click();
    await ana.sees(/Your teacher has stopped the terminals/);
    const before = await ana.transcript();
    await ana.page.locator('.xterm-helper-textarea').focus();
    await ana.page.keyboard.type('echo never\n');
    await button(teacher.page, 'Let them go on').click();
    await expect.poll(() => ana.text(), slow).not.toMatch(/has stopped the terminals/);
    expect(await ana.transcript()).toBe(before);
    expect(await ana.types('echo again', containerPrompt)).toContain('again');
  });

  it('run a line in every container, equal answers together', async () => {
    const line = teacher.page.getByLabel('Run a line in every running container');
    await line.fill('echo same');
    await button(teacher.page, /^Run$/).click();
    const answers = teacher.page.getByRole('region', { name: 'Answers of the containers' });
    await expect.poll(() => answers.innerText(), slow).toMatch(/2 containers[\s\S]*same/);
    await line.fill('cat /etc/motd');
    await button(teacher.page, /^Run$/).click();
    await expect.poll(() => answers.innerText(), slow).toMatch(/1 container[\s\S]*1 container/);
    await line.fill('echo waits; sleep 1000');
    await button(teacher.page, /^Run$/).click();
    await expect.poll(() => answers.innerText(), slow).toMatch(/2 containers\s+ended after 5 s[\s\S]*waits/);
    expect(await ana.types('ps', containerPrompt)).not.toMatch(/root +sleep/);
  });

  it('give everyone a file, and tell who did not take it', async () => {
    const text = teacher.page.getByLabel(/^Put a text into/);
    await bo.types('exit');
    await bo.types('mkdir handout.txt');
    await text.fill('read me');
    await button(teacher.page, 'Hand out').click();
    await teacher.sees(
      /1 computer has it now\s+1 did not take it:\s+Bo: handout.txt could not be written: Is a directory/,
    );
    expect(await text.inputValue()).toBe('read me');
    expect(await teacher.barriers()).toEqual([]);
    await bo.types('rmdir handout.txt');
    await button(teacher.page, 'Hand out').click();
    await teacher.sees(/2 computers have it now/);
    expect(await text.inputValue()).toBe('');
    expect(await bo.types('cat handout.txt')).toContain('read me');
    await bo.types("docker run --name spare motd:1.0 sh -c 'echo kept > /kept'");
    await bo.types('docker rm spare');
    await bo.types('docker images');
    await teacher.sees(/1 student threw a stopped container away/);
    await bo.types('docker start -ai web', containerPrompt);
    await expect.poll(() => teacher.text(), slow).not.toMatch(/threw a stopped container away/);
  });

  it('undo by the student, undo and reset by the host, each asked first', async () => {
    await ana.types('rm /etc/passwd', containerPrompt);
    await expect.poll(() => teacher.cell('/etc/passwd'), slow).toContain('−');
    await button(ana.page, 'Undo').click();
    await expect.poll(() => teacher.page.getByRole('row', { name: /\/etc\/passwd/ }).count(), slow).toBe(0);
    expect(await ana.types('cat /etc/passwd', containerPrompt)).toContain('root');
    await ana.types('echo oops > /oops', containerPrompt);
    await expect.poll(() => teacher.cell('/oops'), slow).toContain('+');
    await menu('Ana', 'Undo their last command');
    await teacher.page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => teacher.page.getByRole('row', { name: /\/oops/ }).count(), slow).toBe(0);
    await menu('Bo', 'Start their computer over');
    await teacher.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(await bo.types('cat /etc/motd', containerPrompt)).toContain('bo');
    await menu('Bo', 'Start their computer over');
    await teacher.page.getByRole('dialog').getByRole('button', { name: 'Start over' }).click();
    await bo.atPrompt(/laptop:\S*\$$/);
    expect(await bo.types('docker ps -aq')).not.toMatch(/[0-9a-f]{12}/);
    await bo.types('docker run -it --name web motd:1.0 sh', containerPrompt);
    await bo.types('echo bo > /etc/motd', containerPrompt);
  });

  it('write to one person, who answers; nobody else reads it', async () => {
    await menu('Ana', 'Write to them');
    await teacher.page.getByRole('dialog').getByLabel('Your message').fill('well done <b>Ana</b>');
    await teacher.page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
    await ana.sees(/well done <b>Ana<\/b>/);
    expect(await bo.text()).not.toMatch(/well done/);
    await button(ana.page, /new message/).click();
    await ana.page.getByLabel('Write a message').fill('thank you');
    await ana.page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
    await ana.page.keyboard.press('Escape');
    await button(teacher.page, /1 new message/).click();
    await teacher.sees(/thank you/);
    await teacher.page.keyboard.press('Escape');
    await teacher.page.getByLabel('Say something to everybody').fill('five more minutes');
    await button(teacher.page, /^Send$/).click();
    await bo.sees(/five more minutes/);
  });

  it('put things in the spotlight: the wall follows, students are asked', async () => {
    await button(teacher.page, 'The teacher’s terminal').click();
    await ana.sees(/Ms Rivera shows: The teacher’s terminal. Look!/);
    const desk = await teacher.context.newPage();
    await desk.goto(`${server.url}/class/${code}`);
    await desk.locator('.xterm-helper-textarea').waitFor({ state: 'attached' });
    await shows(desk, /laptop/);
    await desk.locator('.xterm-helper-textarea').focus();
    await desk.keyboard.type('echo from the teacher\n');
    const log = (page: Page) => page.getByRole('log', { name: 'What the terminal says, as text' }).innerText();
    await expect.poll(() => log(wall), slow).toMatch(/\nfrom the teacher/);
    await button(ana.page, 'Follow here').click();
    await ana.page.waitForURL('**/projector');
    await expect.poll(() => log(ana.page), slow).toMatch(/\nfrom the teacher/);
    await ana.page.keyboard.type('echo hijacked\n');
    await desk.keyboard.type('echo still mine\n');
    await expect.poll(() => log(ana.page), slow).toMatch(/\nstill mine/);
    expect(await log(wall)).not.toMatch(/hijacked/);
    await desk.close();

    await teacher.page.getByLabel('All paths, or one').fill('/etc/motd');
    await teacher.page.getByRole('button', { name: 'The differences' }).click();
    await shows(wall, /2 of 2 containers touch it. Different contents: 2/);
    await shows(ana.page, /2 of 2 containers touch it/);
    await menu('Bo', 'Show on the projector');
    await shows(wall, /Bo’s sheet[\s\S]*1 changed/);
    await button(teacher.page, /^Pick Ana/).click();
    await button(teacher.page, /^Pick Bo/).click();
    await button(teacher.page, 'Show on the projector').click();
    await shows(wall, /\/etc\/motd[\s\S]*ana[\s\S]*bo/);
    await button(teacher.page, 'Clear').click();
    await button(teacher.page, 'Ask the class').click();
    await button(teacher.page, 'The question').click();
    await shows(wall, /0 of 2 have answered/);
    await button(teacher.page, 'Close the question').click();
    await button(teacher.page, 'Stop showing').click();
    await shows(wall, /Join at/);
    await ana.page.getByRole('link', { name: 'My desk' }).click();
    await ana.atPrompt(containerPrompt);
  });

  it('open and close comparisons, hide names', async () => {
    await ana.page.goto(`${server.url}/class/${code}/board`);
    await ana.sees(/Where they differ/);
    await expect.poll(() => ana.page.getByRole('button', { name: /^Pick Bo/ }).count(), slow).toBe(1);
    expect(await ana.page.getByRole('button', { name: 'Stop the terminals' }).count()).toBe(0);
    await teacher.page.getByText('Names are shown').click();
    await expect.poll(() => ana.page.getByRole('button', { name: /^Pick Seat 2/ }).count(), slow).toBe(1);
    expect(await ana.page.content()).not.toMatch(/>Bo</);
    await teacher.page.getByText('Students may compare').click();
    await ana.sees(/has not opened comparisons/);
    await teacher.page.getByText('Students may compare').click();
    await teacher.page.getByText('Names are shown').click();
    await expect.poll(() => ana.page.getByRole('button', { name: /^Pick Bo/ }).count(), slow).toBe(1);
    await ana.page.goto(`${server.url}/class/${code}`);
    await ana.atPrompt(containerPrompt);
  });

  it('say who is stuck', async () => {
    for (let i = 0; i < 3; i++) await bo.types('cat /nowhere', containerPrompt);
    await teacher.sees(/stuck: cat \/nowhere/);
    expect(await sheetOf('Bo')).toMatch(/stuck: cat \/nowhere$/);
    await bo.types('cat /etc/motd', containerPrompt);
    await expect.poll(() => teacher.text(), slow).not.toMatch(/stuck: /);
  });

  it('rename a seat: its own, or another’s', async () => {
    await ana.page.getByTitle('My seat on another device').click();
    await ana.page.getByLabel('My name in this class').fill('Ana María');
    await ana.page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await teacher.sees(/Ana María/);
    await ana.page.keyboard.press('Escape');
    await menu('Ana María', 'Rename');
    await teacher.page.getByLabel('New name').fill('Bo');
    await teacher.page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await teacher.sees(/Somebody here is called Bo already/);
    await teacher.page.getByLabel('New name').fill('Ana');
    await teacher.page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await expect.poll(() => ana.page.getByRole('button', { name: 'Ana', exact: true }).count(), slow).toBe(1);
  });

  it('look over a shoulder with consent, and type together when accepted', async () => {
    await button(teacher.page, /^Look Ana/).click();
    await teacher.sees(/Ana has to agree first/);
    expect(await teacher.page.locator('.xterm').count()).toBe(0);
    await ana.sees(/asks to look at your terminal/);
    await button(ana.page, 'Look and type with me').click();
    await ana.sees(/can type in it/);
    await teacher.page.locator('.xterm-helper-textarea').waitFor({ state: 'attached' });
    await teacher.page.locator('.xterm-helper-textarea').focus();
    await teacher.page.keyboard.type('echo four hands\n');
    await expect.poll(() => ana.transcript(), slow).toMatch(/\nfour hands/);
    // The editor is its own person's: the teacher reads along, and is shown by a sign.
    await ana.page.locator('.xterm-helper-textarea').focus();
    await ana.page.keyboard.type('vi /etc/motd\n');
    const dialog = ana.page.getByRole('dialog', { name: '/etc/motd' });
    await dialog.locator('.cm-content').waitFor();
    await expect.poll(() => dialog.innerText(), slow).toMatch(/sees what you write here/);
    await ana.page.keyboard.type('a draft that nobody saved ');
    const seen = teacher.page.getByRole('region', { name: 'Ana has /etc/motd open in the editor' });
    await expect.poll(() => seen.innerText(), slow).toMatch(/Only Ana can change it[\s\S]*a draft that nobody saved/);
    expect(await seen.locator('input, textarea, [contenteditable]').count()).toBe(0);
    expect(await teacher.barriers()).toEqual([]);
    await button(ana.page, 'Discard').click();
    await seen.waitFor({ state: 'hidden' });
    await ana.atPrompt(containerPrompt);
    await button(ana.page, 'Stop').click();
    await teacher.sees(/terminal is not open to you/);
    await teacher.watchesBoard(code);
  });

  it('draw the tag that moves: old sheets stay until they are run again', async () => {
    const old = (await ana.types('exit')).length;
    expect(old).toBeGreaterThan(0);
    const editor = await teacher.context.newPage();
    await editor.goto(`${server.url}/class/${code}/image`);
    await editor.locator('.cm-content').first().click();
    await editor.keyboard.press('Control+End');
    await editor.keyboard.type('\nRUN sleep 1000\n');
    await button(editor, /^Build$/).focus();
    await editor.keyboard.press('Enter');
    await shows(editor, /Stop the build/);
    await shows(editor, /RUN sleep 1000\s*$/m);
    await editor.keyboard.press('Shift+Tab');
    await expect.poll(() => editor.locator(':focus').innerText(), slow).toBe('Stop the build');
    await editor.keyboard.press('Enter');
    await shows(editor, /The build was stopped\. Nothing was made/);
    expect(await button(editor, 'Stop the build').count()).toBe(0);
    await editor.locator('.cm-content').first().click();
    await editor.keyboard.press('Control+End');
    for (let i = 0; i < 'RUN sleep 1000\n'.length; i++) await editor.keyboard.press('Backspace');
    await editor.keyboard.type('RUN echo second > /second\n');
    await button(editor, /^Build$/).click();
    await button(editor, /^Publish/).click();
    await editor.getByText('is published').waitFor();
    await editor.close();
    await teacher.sees(/The tag motd:1.0 has moved/);
    await teacher.sees(/2 containers stay on older images/);
    await ana.sees(/stands on the old one/);
    await ana.types('docker start web');
    await teacher.sees(/2 containers stay on older images/);
    await ana.types('docker pull -q motd:1.0');
    await ana.types('docker rm -f web');
    await ana.types('docker run -it --name web motd:1.0 sh', containerPrompt);
    expect(await ana.types('cat /second', containerPrompt)).toContain('second');
    await teacher.sees(/1 container stays on an older image/);
    await expect.poll(() => ana.text(), slow).not.toMatch(/stands on the old one/);
  });

  it('lock the door, remove a seat', async () => {
    await button(teacher.page, /^Lock$/).click();
    const late = await Student.arrive(browser!, server.url);
    await late.page.goto(`${server.url}/join/${code}`);
    await late.sees(/The class is locked/);
    await menu('Bo', 'Remove');
    await teacher.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await bo.sees(/This seat is not yours any more/);
    await button(teacher.page, 'Unlock').click();
    await late.page.reload();
    await late.joins(code, 'Late');
    expect(await late.types('docker images')).toMatch(/motd/);
    await late.context.close();
  });

  it('a link to look on, and one to teach too, until they are made void', async () => {
    const link = async (name: string) => {
      await button(teacher.page, name).click();
      const place = teacher.page.locator('code', { hasText: '#link=' });
      const before = await place.textContent().catch(() => null);
      await expect.poll(() => place.textContent(), slow).toMatch(/#link=/);
      return (await place.textContent()) ?? before!;
    };
    const view = await link('Link to look on');
    const viewer = await browser!.newContext({ locale: 'en' });
    const looks = await viewer.newPage();
    await looks.goto(view);
    await shows(looks, /Where they differ/);
    expect(await looks.getByRole('button', { name: 'Stop the terminals' }).count()).toBe(0);

    await button(teacher.page, 'Link to teach too').click();
    await expect.poll(() => teacher.page.locator('code', { hasText: '#link=' }).textContent(), slow).not.toBe(view);
    const teach = (await teacher.page.locator('code', { hasText: '#link=' }).textContent())!;
    const second = await Teacher.arrive(browser!, server.url);
    await second.signIn(server.passphrase, 'Mr Osei');
    await second.page.goto(teach);
    await second.sees(/Stop the terminals/);
    await button(second.page, 'Stop the terminals').click();
    await ana.sees(/has stopped the terminals/);
    await button(second.page, 'Let them go on').click();

    await button(teacher.page, 'Make all such links void').click();
    await shows(looks, /not yours any more/);
    await viewer.close();
    await second.context.close();
  });

  it('put no barrier in anybody’s way', async () => {
    for (const person of [teacher, ana]) expect(await person.barriers()).toEqual([]);
  });

  it('made no page complain', () => {
    expect([...teacher.errors, ...ana.errors, ...bo.errors]).toEqual([]);
  });
});
