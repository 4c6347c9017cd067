import type { MachineEvent } from '../../../lib/machine';
import { type Client, connect } from '../../support/client';

/** What a terminal shows at its end when it waits for a line. */
const prompt = /[$#] $/;

/** A student without a browser: joins, opens the terminal, types lines. */
export class Seat {
  /** The end of what stands on the screen. */
  screen = '';
  #seq = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #wake: (() => void) | undefined;
  readonly #tab: string;

  private constructor(
    readonly client: Client,
    readonly code: string,
    readonly id: string,
    readonly machine: string,
    /** Opens the same seat again. */
    readonly token: string,
    number: number,
  ) {
    this.#tab = `bench${String(number).padStart(8, '0')}`;
    client.socket.offAny();
    client.socket.on('machine:changed', (news) => {
      if (news.machine !== machine) return;
      for (const event of news.events as readonly MachineEvent[])
        if (event.type === 'terminal:wrote') this.#wrote(event.text);
    });
  }

  /** Takes a seat and opens its terminal; resolves at the first prompt. */
  static async join(url: string, code: string, number: number): Promise<Seat> {
    const client = await connect(url);
    const { seat, token } = await client.get('seat:take', { code, name: `Seat ${number}` });
    const { machine } = await client.get('class:watch', { code, cursor: 0, roster: false });
    const found = new Seat(client, code, seat, machine, token, number);
    const { machine: caught } = await client.get('machine:watch', { code, machine, cursor: 0 });
    if (caught.kind === 'snapshot')
      found.#wrote(caught.state.own?.terminals.find(([id]) => id === 'main')?.[1].screen ?? '');
    await client.get('terminal:open', { code, machine, terminal: 'main', columns: 100, rows: 30 });
    await found.atPrompt();
    return found;
  }

  /** One piece of typing after another, as a page's outbox sends them. Resolves with the answer; undefined: none came. */
  type(data: string, ms = 30_000): Promise<{ readonly ok: boolean; readonly code?: string } | undefined> {
    const { code, machine } = this;
    const body = { code, machine, terminal: 'main', client: this.#tab, seq: ++this.#seq, data };
    const turn = this.#turn.then(() => this.client.say('terminal:type', body, ms)) as Promise<{ ok: boolean }>;
    this.#turn = turn;
    return turn;
  }

  /** Types a line and waits for the prompt after it; answers what was written since. */
  async line(text: string): Promise<string> {
    this.screen = '';
    await this.type(`${text}\r`);
    await this.#until(() => /\n[^\n]*[$#] $/.test(this.screen));
    return this.screen;
  }

  atPrompt(): Promise<void> {
    return this.#until(() => prompt.test(this.screen));
  }

  /** Until this stands on the screen. */
  sees(words: RegExp): Promise<void> {
    return this.#until(() => words.test(this.screen));
  }

  /** Bytes on this seat's connection so far: in (from the server) and out. */
  get bytes(): { readonly in: number; readonly out: number } {
    type Under = { ws?: { _socket?: { bytesRead: number; bytesWritten: number } } };
    const { bytesRead = 0, bytesWritten = 0 } =
      (this.client.socket.io.engine.transport as unknown as Under).ws?._socket ?? {};
    return { in: bytesRead, out: bytesWritten };
  }

  async #until(true_: () => boolean): Promise<void> {
    while (!true_()) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  #wrote(text: string): void {
    this.screen = (this.screen + plain(text)).slice(-20_000);
    this.#wake?.();
  }
}

/** Without the escape sequences that colour a prompt or move the cursor. */
export function plain(text: string): string {
  return text.split('\u001b').map(afterEscape).join('').replaceAll('\r', '');
}

const afterEscape = (text: string, at: number) => (at === 0 ? text : text.replace(/^\[[?0-9;]*[a-zA-Z]/, ''));
