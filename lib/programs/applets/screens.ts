/** Programs that take the screen: less and more; vi, vim and nano, which open the page's editor. */
import { FsError } from '../../fs';
import { Complaint, parseOptions } from '../options';
import type { Run } from '../run';
import { caret } from './cat';

export async function pager(run: Run): Promise<number> {
  const options = parseOptions(run, 'EFIMmNSRXh~eifnqrsc', {});
  const { terminal } = run.process.stdout;
  let text = '';
  if (options.operands.length === 0 && run.process.stdin.terminal)
    throw new Complaint(run.gnu ? 'Missing filename ("less --help" for help)' : 'bad usage');
  for (const path of options.operands.length > 0 ? options.operands : ['-']) {
    try {
      const part = await run.readText(path);
      // What is not looked at page by page has its name above it in util-linux's.
      text += run.gnu && run.name === 'more' && path !== '-' && !terminal ? `${titled(path)}${part}` : part;
    } catch (error) {
      if (run.gnu && run.name === 'more') {
        await run.fail(`cannot open ${path}: ${run.say(error)}`);
        continue;
      }
      if (run.gnu) return run.complain(`${path}: ${run.say(error)}\n`).then(() => 1);
      return run.failed(`can't open '${path}'`, error);
    }
  }
  if (!terminal || !(run.process.stdin.terminal ?? terminal)) {
    await run.print(text);
    return 0;
  }
  return page(run, text);
}

const titled = (path: string) => `${':'.repeat(14)}\n${path}\n${':'.repeat(14)}\n`;

/** Space: a page on; Enter or j: a line; b and k: back; g, G: ends; /: search; q: out. */
async function page(run: Run, text: string): Promise<number> {
  const screen = run.process.stdout;
  const terminal = screen.terminal!;
  const lines = text.replace(/\n$/, '').split('\n').map(caret);
  const keyboard = run.process.stdin.terminal ? run.process.stdin : screen;
  const mode = terminal.mode;
  let top = 0;
  let note = '';
  terminal.mode = 'raw';
  const last = () => Math.max(0, lines.length - (terminal.size.rows - 1));
  try {
    for (;;) {
      const rows = terminal.size.rows - 1;
      top = Math.min(Math.max(0, top), last());
      const shown = lines.slice(top, top + rows).map((line) => line.slice(0, terminal.size.columns));
      const filler = Array.from({ length: rows - shown.length }, () => '~');
      const status = note || (top >= last() ? '(END)' : ':');
      note = '';
      await run.print(`\x1b[H\x1b[J${[...shown, ...filler].join('\n')}\n\x1b[7m${status}\x1b[m`);
      await run.flush();
      const key = String.fromCharCode(...(await keyboard.read(run.process, 8)));
      if (key === '' || key === 'q' || key === '\x03' || key === 'Q') return 0;
      if (key === ' ' || key === 'f' || key === '\x1b[6~') top += rows;
      else if (key === 'b' || key === '\x1b[5~') top -= rows;
      else if (key === '\r' || key === '\n' || key === 'j' || key === '\x1b[B') top += 1;
      else if (key === 'k' || key === '\x1b[A') top -= 1;
      else if (key === 'g' || key === '<') top = 0;
      else if (key === 'G' || key === '>') top = last();
      else if (key === '/') {
        const wanted = await ask(run, keyboard);
        const found = lines.findIndex((line, at) => at > top && line.includes(wanted));
        if (found < 0) note = `Pattern not found: ${wanted}`;
        else top = found;
      }
    }
  } finally {
    terminal.mode = mode;
    await run.print('\r\x1b[K');
    await run.flush();
  }
}

async function ask(run: Run, keyboard: Run['process']['stdin']): Promise<string> {
  let text = '';
  for (;;) {
    await run.print(`\r\x1b[K/${text}`);
    await run.flush();
    const key = String.fromCharCode(...(await keyboard.read(run.process, 1)));
    if (key === '' || key === '\r' || key === '\n') return text;
    text = key === '\x7f' || key === '\b' ? text.slice(0, -1) : text + key;
  }
}

export async function edit(run: Run): Promise<number> {
  const { operands } = parseOptions(run, 'c:HRewxBimlt:T:', {});
  const [path] = operands.filter((word) => !word.startsWith('+'));
  const { editor } = run.hosts;
  if (!editor) return run.fail('there is no editor here: use echo and >, sed -i, or cat > file');
  if (!run.process.stdin.terminal)
    return run.fail(run.gnu ? 'standard input is not a terminal' : "can't read user input");
  if (path === undefined) return run.fail('name the file that you want to edit');
  try {
    if (run.fs.exists(path) && run.fs.stat(path).kind === 'directory') throw new FsError('EISDIR', path);
    await editor.edit(run.process, path);
    return 0;
  } catch (error) {
    return run.failed(`'${path}'`, error);
  }
}
