/**
 * `vi` and `nano`: the page's editor opens before the person whose terminal it is, and the program waits until it is closed.
 *
 * A file is written when the editor is closed with text; when that cannot be done (a read-only file system, no permission) the
 * editor stays open, nothing is lost, and the sentence says why. After a restart the program is gone, and so is its editor.
 */
import { refused } from '../errors';
import { errnoText, FsError } from '../fs';
import type { Process } from '../process';
import type { EditorHost } from '../programs';
import type { MachineEvent, TerminalId } from './events';

/** Characters of a file that the page's editor takes. */
const longest = 512 * 1024;

interface Open {
  readonly process: Process;
  readonly path: string;
  readonly close: () => void;
}

export class Editors {
  #open: Map<TerminalId, Open> | undefined;

  constructor(readonly emit: (event: MachineEvent) => void) {}

  /** The editor host of programs whose terminal `terminalOf` finds. */
  host(terminalOf: (process: Process) => TerminalId | undefined): EditorHost {
    return { edit: (process, path) => this.#edit(process, path, terminalOf(process)) };
  }

  /** A Failure that leaves the editor open when the text cannot be written. */
  close(terminal: TerminalId, text: string | undefined): void {
    const open = this.#open?.get(terminal);
    if (!open) throw refused('editor.none', { terminal });
    if (text !== undefined) save(open, text);
    open.close();
  }

  async #edit(process: Process, path: string, terminal: TerminalId | undefined): Promise<void> {
    if (terminal === undefined) throw new FsError('ENOTTY', path);
    const text = read(process, path);
    const all = (this.#open ??= new Map());
    const closed = new Promise<void>((close) => all.set(terminal, { process, path, close }));
    this.emit({ type: 'editor:opened', terminal, path, text });
    try {
      await process.until(closed);
    } finally {
      all.delete(terminal);
      this.emit({ type: 'editor:closed', terminal });
    }
  }
}

function read(process: Process, path: string): string {
  try {
    const text = new TextDecoder().decode(process.fs.readFile(path));
    if (text.length > longest) throw new FsError('EFBIG', path);
    return text;
  } catch (error) {
    if (error instanceof FsError && error.errno === 'ENOENT') return '';
    throw error;
  }
}

function save({ process, path }: Open, text: string): void {
  try {
    process.fs.writeFile(path, new TextEncoder().encode(text));
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    throw refused('editor.unwritten', { path, why: errnoText[error.errno], errno: error.errno });
  }
}
