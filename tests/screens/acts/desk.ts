import { containerPrompt } from '../../support/people';
import type { Cast } from '../cast';
import { button, closing, dialog, type Tour, text } from '../stop';

/** A desk, and what can be opened on it. */
export async function* working({ ana, bo }: Cast): Tour {
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
