import type { Browser, Page } from 'playwright-core';
import { connect } from '../support/client';
import { type People, Person, peopleAt } from '../support/people';
import type { RunningServer } from '../support/start-server';

/** What those do who have no browser in this play: most of them something of their own, one nothing, two the same. One has as long a name as there is. */
const lines: Readonly<Record<string, string>> = {
  'Chidi Okafor': 'echo same for some > /etc/motd',
  Dolores: 'echo same for some > /etc/motd',
  Emre: 'true',
  'Fatou Ndiaye-Oyelaran de la Vega Montes': 'rm /etc/passwd; mkdir -p /app/data; echo fatou > /app/data/notes.txt',
  Hina: 'echo hina was here >> /etc/motd; echo milk > /app/list.txt',
};

/** Who plays: a teacher with a board and a wall, two students in browsers, and the rest of the class. */
export interface Cast extends People {
  readonly server: RunningServer;
  readonly browser: Browser;
  /** Somebody without a seat. */
  readonly stranger: Page;
}

export async function castOf(browser: Browser, server: RunningServer): Promise<Cast> {
  const people = await peopleAt(browser, server.url);
  const { page: stranger } = await Person.arrive(browser, server.url);
  return { server, browser, ...people, stranger };
}

/** The rest of the class joins and works; their sockets close again. */
export async function crowd({ server }: Cast, code: string): Promise<void> {
  await Promise.all(Object.entries(lines).map(([name, line]) => attend(server.url, code, name, line)));
}

async function attend(url: string, code: string, name: string, line: string): Promise<void> {
  const door = await connect(url);
  const { token } = await door.get('seat:take', { code, name });
  door.close();
  const client = await connect(url, { token });
  const { machine } = await client.get('class:watch', { code, cursor: 0 });
  const terminal = 'main';
  await client.get('terminal:open', { code, machine, terminal, columns: 100, rows: 30 });
  const typed = [`docker run -d --name web motd:1.0 sleep 100000`, `docker exec web sh -c '${line}'`];
  for (const [at, data] of typed.entries())
    await client.get('terminal:type', {
      code,
      machine,
      terminal,
      client: 'attendance',
      seq: at + 1,
      data: `${data}\r`,
    });
  client.close();
}
