import type { MachineEvent } from '../../lib/machine';
import { type Client, until } from './client';

/** A student's page in small: what its terminal shows, and typing that waits for a prompt. */
export class Desk {
  /** As in the replica: what was there at the watch, and everything written since. */
  screen = '';
  #seq = 0;
  readonly #client = Math.random().toString(36).slice(2, 12).padEnd(10, '0');

  constructor(
    readonly client: Client,
    readonly code: string,
    readonly machine: string,
  ) {}

  static async open(client: Client, code: string): Promise<Desk> {
    const { machine } = await client.get('class:watch', { code, cursor: 0 });
    const desk = new Desk(client, code, machine);
    const { machine: caught } = await client.get('machine:watch', { code, machine, cursor: 0 });
    if (caught.kind === 'snapshot')
      desk.screen = caught.state.own?.terminals.find(([id]) => id === 'main')?.[1].screen ?? '';
    client.socket.on('machine:changed', (news: { machine: string; events: MachineEvent[] }) => {
      if (news.machine !== machine) return;
      for (const event of news.events) if (event.type === 'terminal:wrote') desk.screen += event.text;
    });
    await client.get('terminal:open', { code, machine, terminal: 'main', columns: 100, rows: 30 });
    await until(() => /[$#] $/.test(desk.screen));
    return desk;
  }

  /** Types a line and waits for the next prompt; what came between, without colours. */
  async line(text: string): Promise<string> {
    const before = this.screen.length;
    await this.type(`${text}\r`);
    await until(() => /\n[^\n]*[$#] $/.test(plain(this.screen.slice(before))));
    return plain(this.screen.slice(before)).split('\n').slice(1, -1).join('\n');
  }

  async type(data: string): Promise<void> {
    const { code, machine } = this;
    const body = { code, machine, terminal: 'main', client: this.#client, seq: ++this.#seq, data };
    await until(async () => ((await this.client.say('terminal:type', body, 5000)) as { ok?: boolean } | undefined)?.ok);
  }
}

export function plain(text: string): string {
  // biome-ignore lint/complexity/useRegexLiterals: an escape character in a literal is a lint error of its own
  return text.replace(new RegExp('\\u001b\\[[?0-9;]*[a-zA-Z]', 'g'), '').replaceAll('\r', '');
}
