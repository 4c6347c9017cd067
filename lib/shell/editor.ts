/**
 * The line that is being typed at a prompt, in a terminal's raw mode: readline's common keys, history, completion.
 *
 * It draws by going back to the prompt's first column and writing the line again; only a character typed at the end is
 * written alone.
 */
import { columnsOf, type Descriptor, type Process } from '../process';
import { type Key, readKey } from './keys';

export type Line = { readonly kind: 'line'; readonly text: string } | { readonly kind: 'end' | 'interrupt' };

export interface Completion {
  /** Where in the line the completed word begins. */
  readonly start: number;
  /** What could stand there instead, each whole: with its closing space or slash. */
  readonly candidates: readonly string[];
}

/** `line` up to the cursor. */
export type Complete = (line: string) => Completion | Promise<Completion>;

/** Below and right of where the prompt begins. */
interface Place {
  readonly row: number;
  readonly column: number;
}

export class Editor {
  /** Code points. */
  #buffer: string[] = [];
  #cursor = 0;
  #prompt = '';
  /** Row of the cursor below the prompt's first. */
  #row = 0;
  #killed: string[] = [];
  #historyAt = 0;
  #draft = '';
  #pasting = false;
  #lastTab = false;

  constructor(
    readonly process: Process,
    readonly terminal: Descriptor,
    readonly history: () => readonly string[],
    readonly complete: Complete,
    readonly bracketed: boolean,
  ) {}

  /** What is typed so far. */
  get text(): string {
    return this.#buffer.join('');
  }

  async read(prompt: string, initial = ''): Promise<Line> {
    const { terminal } = this.terminal;
    if (!terminal) return { kind: 'end' };
    this.#begin(prompt, initial);
    terminal.mode = 'raw';
    const echo = terminal.echo;
    terminal.echo = false;
    try {
      await this.#out(`${this.bracketed ? '\x1b[?2004h' : ''}${prompt}${initial}`);
      this.#row = this.#place(this.#cursor).row;
      for (;;) {
        const line = await this.#key(await readKey(this.process, this.terminal));
        if (line) return line;
      }
    } finally {
      this.#buffer = [];
      terminal.mode = 'line';
      terminal.echo = echo;
    }
  }

  #begin(prompt: string, initial: string): void {
    this.#prompt = prompt;
    this.#buffer = [...initial];
    this.#cursor = this.#buffer.length;
    this.#historyAt = this.history().length;
    this.#draft = '';
    this.#row = 0;
    this.#pasting = false;
  }

  #out(text: string): Promise<void> {
    return text === '' ? Promise.resolve() : this.process.print(text);
  }

  async #key(key: Key): Promise<Line | undefined> {
    const wasTab = this.#lastTab;
    this.#lastTab = key.name === 'tab';
    switch (key.name) {
      case 'text':
        return this.#insert(key.text ?? '');
      case 'enter':
        return this.#pasting ? this.#insert('\n') : this.#finish({ kind: 'line', text: this.text });
      case 'tab':
        return this.#pasting ? this.#insert('\t') : this.#tab(wasTab);
      case 'ctrl-c':
        return this.#finish({ kind: 'interrupt' }, '^C');
      case 'ctrl-d':
        return this.#buffer.length === 0 ? this.#leave() : this.#remove(this.#cursor, this.#cursor + 1);
      case 'hang-up':
        return { kind: 'end' };
      case 'paste-begin':
      case 'paste-end':
        this.#pasting = key.name === 'paste-begin';
        return undefined;
      case 'ctrl-l':
        await this.#out('\x1b[H\x1b[J');
        this.#row = 0;
        return this.#draw();
      case 'ctrl-r':
        return this.#search();
      default:
        return this.#edit(key.name);
    }
  }

  async #edit(name: string): Promise<undefined> {
    switch (name) {
      case 'backspace':
        return this.#remove(this.#cursor - 1, this.#cursor);
      case 'delete':
        return this.#remove(this.#cursor, this.#cursor + 1);
      case 'left':
      case 'ctrl-b':
        return this.#move(this.#cursor - 1);
      case 'right':
      case 'ctrl-f':
        return this.#move(this.#cursor + 1);
      case 'home':
      case 'ctrl-a':
        return this.#move(0);
      case 'end':
      case 'ctrl-e':
        return this.#move(this.#buffer.length);
      case 'word-left':
        return this.#move(this.#wordStart(/\w/));
      case 'word-right':
        return this.#move(this.#wordEnd());
      case 'up':
      case 'ctrl-p':
        return this.#recall(this.#historyAt - 1);
      case 'down':
      case 'ctrl-n':
        return this.#recall(this.#historyAt + 1);
      case 'ctrl-k':
        return this.#kill(this.#cursor, this.#buffer.length);
      case 'ctrl-u':
        return this.#kill(0, this.#cursor);
      case 'ctrl-w':
        return this.#kill(this.#wordStart(/\S/), this.#cursor);
      case 'word-delete':
        return this.#kill(this.#cursor, this.#wordEnd());
      case 'ctrl-y':
        return this.#insert(this.#killed.join(''));
      case 'ctrl-t':
        return this.#transpose();
      case 'last-argument':
        return this.#insert(this.history().at(-1)?.split(/\s+/).at(-1) ?? '');
      default:
        return undefined;
    }
  }

  async #finish(line: Line, shown = ''): Promise<Line> {
    if (this.#cursor < this.#buffer.length) await this.#move(this.#buffer.length);
    await this.#out(`${shown}\n${this.bracketed ? '\x1b[?2004l\r' : ''}`);
    return line;
  }

  async #leave(): Promise<Line> {
    await this.#out(`${this.bracketed ? '\x1b[?2004l\r' : ''}`);
    return { kind: 'end' };
  }

  // Editing

  async #insert(text: string): Promise<undefined> {
    const characters = [...text];
    const atEnd = this.#cursor === this.#buffer.length;
    this.#buffer.splice(this.#cursor, 0, ...characters);
    this.#cursor += characters.length;
    if (!atEnd || text.includes('\n')) return this.#draw();
    await this.#out(this.#appended(characters));
    return undefined;
  }

  /** Characters at the end, as they are drawn. A terminal waits in the last column; go on to the next row. */
  #appended(characters: readonly string[]): string {
    const width = this.#width;
    let { row, column } = this.#place(this.#cursor - characters.length);
    let drawn = '';
    for (const character of characters) {
      ({ row, column } = after({ row, column }, character, width));
      const full = column === width;
      if (full) [row, column] = [row + 1, 0];
      drawn += full ? `${character}\r\n` : character;
    }
    this.#row = row;
    return drawn;
  }

  async #remove(from: number, to: number): Promise<undefined> {
    if (from < 0 || from >= this.#buffer.length) return undefined;
    const last = to === this.#buffer.length && this.#cursor === to;
    const [gone = ''] = this.#buffer.splice(from, to - from);
    this.#cursor = from;
    const simple = last && columnsOf(gone) === 1 && this.#place(this.#cursor).row === this.#row;
    if (!simple) return this.#draw();
    await this.#out('\b \b');
    return undefined;
  }

  #kill(from: number, to: number): Promise<undefined> {
    this.#killed = this.#buffer.splice(from, to - from);
    this.#cursor = from;
    return this.#draw();
  }

  #transpose(): Promise<undefined> {
    const at = Math.min(this.#cursor, this.#buffer.length - 1);
    if (at > 0) {
      [this.#buffer[at - 1], this.#buffer[at]] = [this.#buffer[at]!, this.#buffer[at - 1]!];
      this.#cursor = at + 1;
    }
    return this.#draw();
  }

  async #move(to: number): Promise<undefined> {
    const target = Math.max(0, Math.min(to, this.#buffer.length));
    if (target === this.#cursor) return undefined;
    this.#cursor = target;
    await this.#out(this.#moveTo(this.#place(target)));
    return undefined;
  }

  #wordStart(part: RegExp): number {
    let at = this.#cursor;
    while (at > 0 && !part.test(this.#buffer[at - 1]!)) at--;
    while (at > 0 && part.test(this.#buffer[at - 1]!)) at--;
    return at;
  }

  #wordEnd(): number {
    let at = this.#cursor;
    while (at < this.#buffer.length && !/\w/.test(this.#buffer[at]!)) at++;
    while (at < this.#buffer.length && /\w/.test(this.#buffer[at]!)) at++;
    return at;
  }

  // History

  #recall(at: number): Promise<undefined> {
    const history = this.history();
    if (at < 0 || at > history.length) return Promise.resolve(undefined);
    if (this.#historyAt === history.length) this.#draft = this.text;
    this.#historyAt = at;
    return this.#replace(at === history.length ? this.#draft : history[at]!);
  }

  #replace(text: string): Promise<undefined> {
    this.#buffer = [...text];
    this.#cursor = this.#buffer.length;
    return this.#draw();
  }

  /** Ctrl-R: the latest line that contains what is typed; Ctrl-R again for the one before it. */
  async #search(): Promise<Line | undefined> {
    const prompt = this.#prompt;
    let query = '';
    let at = this.history().length;
    const find = (from: number) => {
      const found = this.history().findLastIndex((line, index) => index <= from && line.includes(query));
      if (found < 0) return;
      at = found;
      this.#buffer = [...this.history()[found]!];
      this.#cursor = this.#buffer.length;
    };
    for (;;) {
      this.#prompt = `(reverse-i-search)\`${query}': `;
      await this.#draw();
      const key = await readKey(this.process, this.terminal);
      if (key.name === 'text') {
        query += key.text;
        find(at);
      } else if (key.name === 'ctrl-r') find(at - 1);
      else if (key.name === 'backspace') query = query.slice(0, -1);
      else {
        this.#prompt = prompt;
        if (key.name === 'ctrl-g') this.#buffer = [];
        this.#cursor = this.#buffer.length;
        await this.#draw();
        return this.#key(key);
      }
    }
  }

  // Completion

  async #tab(again: boolean): Promise<undefined> {
    const before = this.#buffer.slice(0, this.#cursor).join('');
    const { start, candidates } = await this.complete(before);
    const typed = before.slice(start);
    const common = commonPrefix(candidates);
    if (candidates.length === 0) return undefined;
    if (common.length > typed.length) {
      const rest = [...before.slice(0, start), ...common];
      this.#buffer = [...rest, ...this.#buffer.slice(this.#cursor)];
      this.#cursor = rest.length;
      return this.#draw();
    }
    if (candidates.length === 1 || !again) return undefined;
    await this.#out(`\n${inColumns(candidates, this.terminal.terminal!.size.columns)}`);
    this.#row = 0;
    return this.#draw();
  }

  // Drawing

  get #width(): number {
    return Math.max(1, this.terminal.terminal!.size.columns);
  }

  #place(cursor: number): Place {
    const width = this.#width;
    let place: Place = { row: 0, column: 0 };
    for (const character of visible(this.#prompt) + this.#buffer.slice(0, cursor).join(''))
      place = after(place, character, width);
    return place.column === width ? { row: place.row + 1, column: 0 } : place;
  }

  #moveTo({ row, column }: Place): string {
    const rows = row - this.#row;
    const vertical = rows < 0 ? `\x1b[${-rows}A` : rows > 0 ? `\x1b[${rows}B` : '';
    this.#row = row;
    return `${vertical}\r${column > 0 ? `\x1b[${column}C` : ''}`;
  }

  async #draw(): Promise<undefined> {
    const back = `${this.#row > 0 ? `\x1b[${this.#row}A` : ''}\r\x1b[J`;
    const end = this.#place(this.#buffer.length);
    const text = `${back}${this.#prompt}${this.text}${end.column === 0 && end.row > 0 ? '\r\n' : ''}`;
    this.#row = end.row;
    const move = this.#cursor < this.#buffer.length ? this.#moveTo(this.#place(this.#cursor)) : '';
    await this.#out(text + move);
    return undefined;
  }
}

/** Where the cursor stands when the character was drawn; `column` is the width when the row is full. */
function after({ row, column }: Place, character: string, width: number): Place {
  if (character === '\n') return { row: row + 1, column: 0 };
  const columns = columnsOf(character);
  return column + columns > width ? { row: row + 1, column: columns } : { row, column: column + columns };
}

/** Without escape sequences. */
function visible(text: string): string {
  return text.replace(/\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07/g, '');
}

function commonPrefix(texts: readonly string[]): string {
  let prefix = texts[0] ?? '';
  for (const text of texts) while (!text.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}

function inColumns(candidates: readonly string[], width: number): string {
  const names = candidates.map((one) => one.trimEnd().replace(/^.*\/(?=.)/, ''));
  const column = Math.max(...names.map(columnsOf)) + 2;
  const across = Math.max(1, Math.floor(width / column));
  const rows = Math.ceil(names.length / across);
  let text = '';
  for (let row = 0; row < rows; row++) {
    for (let at = row; at < names.length; at += rows)
      text += names[at]! + ' '.repeat(Math.max(0, column - columnsOf(names[at]!)));
    text = `${text.trimEnd()}\n`;
  }
  return text;
}
