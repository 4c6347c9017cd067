import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser';
import { containerPrompt, meet, part, type Student, type Teacher } from '../support/people';
import { type RunningServer, startServer } from '../support/start-server';

const browser = await launchBrowser();

/** The server is killed with -9 in the middle of a class, and started again on the same folder and port. */
describe.skipIf(!browser)('a class whose server is killed', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dockerland-crash-'));
  let server: RunningServer;
  let teacher: Teacher;
  let ana: Student;
  let code: string;

  beforeAll(async () => {
    ({ server, teacher, ana, code } = await meet(browser!, { dataDir, title: 'Tuesday group', board: true }));
  });

  afterAll(async () => {
    await part(browser, server);
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('is there again: same seat, same prompt, same shell, nothing twice, without anybody touching a page', async () => {
    await ana.joins(code, 'Ana');
    await ana.types('docker run -it --name web motd:1.0 sh', containerPrompt);
    await ana.types('cd /etc; WHO=ana; echo $WHO >> /etc/motd', containerPrompt);
    await teacher.sees(/1 container|One image, 1 sheet/);
    const { port } = server;
    await server.kill();
    server = await startServer({ pages: true, dataDir, port });
    const answer = await ana.types('echo $PWD $WHO; cat motd', containerPrompt);
    expect(answer).toContain('/etc ana');
    expect(answer.match(/^ana$/gm)).toHaveLength(1);
    await ana.types('exit');
    expect(await ana.types('docker diff web')).toContain('C /etc/motd');
    await expect
      .poll(() => teacher.page.getByRole('row', { name: /\/etc\/motd/ }).count(), { timeout: 20_000 })
      .toBe(1);
  });
});
