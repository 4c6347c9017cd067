import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser';
import { containerPrompt, hostPrompt, meet, part, type Student, type Teacher } from '../support/people';
import type { RunningServer } from '../support/start-server';

const browser: Browser | undefined = await launchBrowser();
const slow = { timeout: 20_000 };

/** “24 80”, rows and columns as they are drawn, of which nothing may be cut off by what is around them. */
const drawnSize = (page: Page) =>
  page.evaluate(() => {
    const screen = document.querySelector<HTMLElement>('.xterm-screen')!.getBoundingClientRect();
    const around = document.querySelector('.xterm')!.parentElement!.getBoundingClientRect();
    const rows = document.querySelectorAll('.xterm-rows > div').length;
    const letter = document.querySelector('.xterm-char-measure-element')!.getBoundingClientRect().width / 32;
    const fits = screen.right <= around.right && screen.bottom <= around.bottom;
    return fits ? `${rows} ${Math.round(screen.width / letter)}` : 'cut off';
  });

/** A student at a terminal with containers that live: everything is typed, one key after another. */
describe.skipIf(!browser)('a terminal that feels real', () => {
  let server: RunningServer;
  let teacher: Teacher;
  let ana: Student;
  let bo: Student;
  let code: string;

  const said = (what: string | RegExp) => expect.poll(() => ana.transcript(), slow).toMatch(what);
  /** Keys without waiting for a prompt. */
  const keys = async (text: string) => {
    await ana.page.locator('.xterm-helper-textarea').focus();
    await ana.page.keyboard.type(text);
  };
  const press = (key: string) => ana.page.keyboard.press(key);
  const frame = (): FrameLocator => ana.page.frameLocator('iframe[title*="serves on port"]');
  const inFrame = (what: string | RegExp) => expect.poll(() => frame().locator('body').innerText(), slow).toMatch(what);
  const load = async (path: string) => {
    await ana.page.getByLabel(/^Path of the page/).fill(path);
    await ana.page.getByLabel(/^Path of the page/).press('Enter');
  };
  const editor = () => ana.page.getByRole('dialog');
  const opensEditor = async (line: string) => {
    await keys(`${line}\n`);
    await editor().locator('.cm-content').waitFor();
  };

  beforeAll(async () => {
    ({ server, teacher, ana, bo } = await meet(browser!));
  });

  afterAll(() => part(browser, server));

  it('stands on the desk of whoever joins a class', async () => {
    await teacher.signIn(server.passphrase);
    code = await teacher.opensClass('Processes');
    await ana.joins(code, 'Ana');
  });

  it('is as large as what is drawn, also when the window is made narrow by and by', async () => {
    const long = 'x'.repeat(60);
    await ana.types(`echo ${long}`);
    const sizes = new Set<string>();
    for (let width = 1440; width >= 400; width -= 65) {
      await ana.page.setViewportSize({ width, height: 900 });
      await expect.poll(() => drawnSize(ana.page), slow).not.toBe('cut off');
      sizes.add(await drawnSize(ana.page));
    }
    expect(sizes.size).toBeGreaterThan(5);
    for (const width of [400, 1440]) {
      await ana.page.setViewportSize({ width, height: 900 });
      await expect
        .poll(async () => (await ana.types('stty size')).split('\n')[1], slow)
        .toBe(await drawnSize(ana.page));
    }
    expect(await ana.transcript()).toContain(long);
  });

  it('runs a loop until Ctrl-C, and the shell keeps what it knew', async () => {
    await ana.types('x=kept');
    await keys('while true; do echo tick; sleep 1; done\n');
    await said(/tick\n+tick/);
    await press('Control+c');
    await ana.atPrompt(hostPrompt);
    expect(await ana.types('echo $? $x')).toContain('130 kept');
  });

  it('shows top until q', async () => {
    await ana.types('docker run -it --name web busybox sh', containerPrompt);
    await keys('top\n');
    await said(/PID\s+PPID\s+USER[\s\S]*\btop\b/);
    await press('q');
    await ana.atPrompt(containerPrompt);
    expect(await ana.types('echo back', containerPrompt)).toContain('back');
  });

  it('serves from a background job of a container', async () => {
    await ana.types('exit');
    await ana.types('docker run -it --name py python:alpine sh', containerPrompt);
    await ana.types('mkdir /site && cd /site && echo served here > index.html', containerPrompt);
    await ana.types('python3 -m http.server 8000 > /log 2>&1 &', containerPrompt);
    expect(await ana.types('wget -qO- localhost:8000', containerPrompt)).toContain('served here');
    expect(await ana.types('ps | cat', containerPrompt)).toContain('http.server 8000');
    await ana.types('kill %1; wait', containerPrompt);
    expect(await ana.types('wget -qO- localhost:8000', containerPrompt)).toMatch(/refused/i);
    expect(await ana.types('cat /log', containerPrompt)).toContain('GET / HTTP/1.1');
    await ana.types('exit');
  });

  it('shows a container’s page in the desk', async () => {
    await ana.types('docker run -d --name site -p 8080:80 nginx:alpine');
    expect(await ana.types('curl -s localhost:8080')).toContain('nginx');
    await ana.page.getByRole('heading', { name: 'My pages' }).waitFor();
    await inFrame(/nginx/);
    expect(await ana.types('docker logs site')).toMatch(/GET \/ HTTP/);
  });

  it('opens the page’s editor for vi; what is saved there is served', async () => {
    await ana.types('docker exec -it site sh', containerPrompt);
    await opensEditor('vi /usr/share/nginx/html/index.html');
    await expect.poll(() => editor().locator('.cm-content').innerText(), slow).toContain('nginx');
    await press('Control+a');
    await ana.page.keyboard.type('<h1>Ana was here</h1><link rel="stylesheet" href="/red.css">');
    expect(await ana.barriers()).toEqual([]);
    await press('Control+s');
    await editor().waitFor({ state: 'hidden' });
    await ana.atPrompt(containerPrompt);
    await ana.types("echo 'h1 { color: rgb(200, 0, 0) }' > /usr/share/nginx/html/red.css", containerPrompt);
    await load('/');
    await inFrame('Ana was here');
    const colour = () =>
      frame()
        .locator('h1')
        .evaluate((element) => getComputedStyle(element).color);
    await expect.poll(colour, slow).toBe('rgb(200, 0, 0)');
  });

  it('asks before it forgets, keeps a draft through a reload, and a text that could not be written', async () => {
    await opensEditor('vi /notes');
    await ana.page.keyboard.type('milk');
    await press('Escape');
    await ana.page.getByText('Save what you wrote?').waitFor();
    await press('Escape');
    await ana.page.keyboard.type(' and bread');
    await ana.page.reload();
    await expect.poll(() => editor().locator('.cm-content').innerText(), slow).toContain('milk and bread');
    await editor().getByRole('button', { name: 'Save and close' }).click();
    await editor().waitFor({ state: 'hidden' });
    await ana.atPrompt(containerPrompt);
    expect(await ana.types('cat /notes', containerPrompt)).toContain('milk and bread');
    await opensEditor('vi /proc/version');
    await press('Control+Home');
    await ana.page.keyboard.type('mine');
    await press('Control+s');
    await editor().getByRole('alert').waitFor();
    expect(await editor().locator('.cm-content').innerText()).toContain('mine');
    await editor().getByRole('button', { name: 'Discard' }).click();
    await ana.atPrompt(containerPrompt);
  });

  it('shows one editor on two tabs, and closes it on both', async () => {
    const tab = await ana.context.newPage();
    await tab.goto(`${server.url}/class/${code}`);
    await opensEditor('vi /two');
    await tab.getByRole('dialog').locator('.cm-content').waitFor();
    await tab.keyboard.type('from the other tab');
    await tab.keyboard.press('Control+s');
    await tab.getByRole('dialog').waitFor({ state: 'hidden' });
    await editor().waitFor({ state: 'hidden' });
    await tab.close();
    await ana.atPrompt(containerPrompt);
    expect(await ana.types('cat /two', containerPrompt)).toContain('from the other tab');
    await ana.types('exit');
  });

  it('leaves a container running behind Ctrl-P Ctrl-Q, and comes back to it', async () => {
    await ana.types('docker run -it --name loop busybox sh', containerPrompt);
    await ana.types('mark=still-here', containerPrompt);
    await press('Control+p');
    await press('Control+q');
    await ana.atPrompt(hostPrompt);
    expect(await ana.types('docker ps')).toMatch(/Up.*loop/);
    await keys('docker attach loop\n\n');
    await ana.atPrompt(containerPrompt);
    expect(await ana.types('echo $mark', containerPrompt)).toContain('still-here');
    await ana.types('exit');
  });

  it('lets two containers of one network call each other by name', async () => {
    await ana.types('docker network create class');
    await ana.types('docker run -d --network class --name one nginx');
    await ana.types('docker run -dit --network class --name two busybox');
    expect(await ana.types('docker exec two wget -qO- http://one')).toContain('nginx');
    expect(await ana.types('docker exec two ping -c 1 one')).toMatch(/1 packets? received|0% packet loss/);
    expect(await ana.types('docker run --rm busybox wget -qO- http://one')).toMatch(/bad address/);
  });

  it('shuts a page in: nothing of the class can be read or reached from it', async () => {
    const script = `<body><pre id=out></pre><script>
      const tell = (name, what) => { out.textContent += name + ': ' + what + '\\n'; };
      const attempt = (name, run) => { try { tell(name, 'GOT ' + run()); } catch (e) { tell(name, 'refused'); } };
      attempt('cookie', () => document.cookie);
      attempt('set cookie', () => { document.cookie = 'a=b'; });
      attempt('storage', () => localStorage.length);
      attempt('session', () => sessionStorage.length);
      attempt('database', () => indexedDB.open('x'));
      attempt('parent', () => parent.document.title);
      attempt('top', () => { top.location.href = '/join/ZZZZZZ'; });
      attempt('popup', () => { if (!open('/host')) throw 0; });
      tell('origin', self.origin);
      const absolute = location.protocol + '//' + location.host;
      const fetches = ['/api/auth/session', absolute + '/api/auth/session', absolute + '/class/${'CODE'}', '/healthz',
        '/socket.io/?EIO=4&transport=polling', 'http://example.com/'].map((url) =>
        fetch(url, { credentials: 'include' }).then((r) => r.text()).then((t) => tell('fetch ' + url, 'GOT ' + t.slice(0, 40)),
          () => tell('fetch', 'refused')));
      const socket = new Promise((done) => {
        let ws;
        try { ws = new WebSocket(absolute.replace('http', 'ws') + '/socket.io/?EIO=4&transport=websocket'); }
        catch (e) { tell('socket', 'refused'); return done(); }
        ws.onmessage = ws.onopen = () => { tell('socket', 'GOT'); done(); };
        ws.onerror = () => { tell('socket', 'refused'); done(); };
      });
      const image = new Promise((done) => {
        const img = new Image();
        img.onload = () => { tell('image', 'GOT'); done(); };
        img.onerror = () => { tell('image', 'refused'); done(); };
        img.src = absolute + '/icon.svg';
      });
      const nested = new Promise((done) => {
        const inner = document.createElement('iframe');
        inner.src = absolute + '/host';
        inner.onload = inner.onerror = done;
        document.body.append(inner);
        setTimeout(done, 1500);
      });
      fetch('own.txt').then((r) => r.text()).then((t) => tell('own', t.trim()));
      Promise.all([...fetches, socket, image, nested]).then(() => tell('all', 'done'));
    </script>`.replaceAll('CODE', code);
    await ana.types('docker exec site sh -c "echo mine > /usr/share/nginx/html/own.txt"');
    await ana.types('docker exec -it site sh', containerPrompt);
    await opensEditor('vi /usr/share/nginx/html/evil.html');
    await ana.page.keyboard.insertText(script);
    await press('Control+s');
    await ana.atPrompt(containerPrompt);
    await ana.types('exit');
    await load('/evil.html');
    await inFrame('all: done');
    await inFrame('own: mine');
    const report = await frame().locator('#out').innerText();
    expect(report).not.toContain('GOT');
    expect(report).toContain('origin: null');
    expect(report.match(/refused/g)?.length, report).toBe(8 + 6 + 2);
    expect(new URL(ana.page.url()).pathname).toBe(`/class/${code}`);
  });

  it('shows a page to its own person and the teacher, and to nobody else', async () => {
    const src = (await ana.page.locator('iframe[title*="serves on port"]').getAttribute('src'))!;
    const answer = await fetch(server.url + src, { headers: { cookie: 'next-auth.session-token=x' } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox allow-scripts allow-forms;/);
    const [, , token] = src.split('/');
    for (const wrong of [`${token}x`, token!.replace('.', '.0'), 'nothing'])
      expect((await fetch(`${server.url}/page/${wrong}/8080/`)).status, wrong).toBe(403);
    expect((await fetch(`${server.url}/page/${token}/9999/`)).status).toBe(502);
    const alone = await ana.context.newPage();
    expect((await alone.goto(server.url + src))!.status()).toBe(403);
    await alone.close();
    await bo.joins(code, 'Bo');
    expect(await bo.page.getByRole('heading', { name: 'My pages' }).count()).toBe(0);
  });

  it('puts no barrier in anybody’s way, small or large', async () => {
    await load('/');
    await inFrame('Ana was here');
    expect(await ana.barriers()).toEqual([]);
    await ana.page.getByRole('button', { name: 'Open larger' }).click();
    await ana.page.getByRole('dialog').locator('iframe').waitFor();
    expect(await ana.barriers()).toEqual([]);
    await press('Escape');
    await ana.page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  it('says in the frame what cannot be shown, in the language that was chosen beside it', async () => {
    await ana.types('docker rm -f site');
    await ana.types('docker run -d --name site -p 8080:80 motd:1.0 sleep 100000');
    await load('/');
    await inFrame(/Nothing answers on port 8080/);
    await ana.page.getByRole('button', { name: 'Español' }).click();
    await ana.page.getByRole('button', { name: 'Cargar' }).click();
    await expect
      .poll(() => ana.page.frameLocator('iframe[title*="8080"]').locator('body').innerText(), slow)
      .toMatch(/Nada responde en el puerto 8080/);
    await ana.page.getByRole('button', { name: 'English' }).click();
    await ana.page.getByRole('heading', { name: 'My pages' }).waitFor();
  });

  it('takes the page away with its container', async () => {
    await ana.types('docker rm -f site');
    await ana.page.getByRole('heading', { name: 'My pages' }).waitFor({ state: 'hidden' });
  });

  it('made no page complain', () => {
    expect([...teacher.errors, ...ana.errors, ...bo.errors]).toEqual([]);
  });
});
