/**
 * Which program an executable file is. The file's content decides, never its path: a copied nginx is still nginx.
 *
 * Catalogue executables are small files: `\x7fELF`, a line `dockerland:` and a program id, and a sentence for the curious.
 * An id is `busybox` (one file for all applets, chosen by argv[0]), `gnu:NAME` (one coreutils-like program), or the name of
 * a program of its own (`nginx`). A real ELF file is not run, except that a real busybox is played by our applets.
 */
import type { FileSystem } from '../fs';
import type { Loaded, Loader, Program } from '../process';
import { shellProgram } from '../shell';
import { applets } from './applets';
import { shell } from './applets/shell';
import { busybox } from './busybox';
import { catalogueProgram, gnuOnly, programs } from './catalogue-programs';
import { programOf } from './program';
import type { Applet, Hosts } from './run';
import { decode, encode } from './text';

export { executableFile } from './executable-file';

const elf = [0x7f, 0x45, 0x4c, 0x46];
const marker = /dockerland:([\w.:+[-]+)\n/;

/** Programs that speak gnu's dialect, by name. */
export const gnuNames: readonly string[] = [...Object.keys(applets), ...Object.keys(gnuOnly)].sort();

/** Every id that `executableFile` may be given with effect. */
export function programIds(): string[] {
  return ['busybox', ...Object.keys(programs), ...gnuNames.map((name) => `gnu:${name}`)];
}

export function createLoader(hosts: Hosts = {}): Loader {
  return (fs, path, argv, head) => {
    if (!elf.every((byte, at) => head[at] === byte)) return { kind: 'errno', errno: 'ENOEXEC' };
    const id = marker.exec(decode(head))?.[1];
    const program = id === undefined ? realProgram(fs, path, argv, hosts) : programById(id, hosts);
    return program ? { kind: 'program', program } : notOurs;
  };
}

function programById(id: string, hosts: Hosts): Program | undefined {
  if (id === 'busybox') return shellOr(programOf(busybox, 'busybox', hosts));
  if (id.startsWith('gnu:')) {
    const applet = gnuApplet(id.slice(4));
    return applet && programOf(applet, 'gnu', hosts);
  }
  const applet = catalogueProgram(id);
  return applet && programOf(applet, 'gnu', hosts);
}

function gnuApplet(name: string): Applet | undefined {
  return gnuOnly[name] ?? applets[name];
}

/**
 * A shell of busybox is the process's own program, not one that busybox waits for: it is what most containers sit at, and each
 * function that is suspended below it is kept for every student.
 */
function shellOr(other: Program): Program {
  return (process) => {
    const name = (process.argv[0] ?? '').split('/').pop()!.replace(/^-/, '');
    return applets[name] === shell && name !== 'bash' ? shellProgram({ dialect: 'busybox' })(process) : other(process);
  };
}

const notOurs: Loaded = {
  kind: 'program',
  program: async (process) => {
    const name = process.argv[0] ?? 'program';
    await process.printError(
      `${name}: this file holds machine code; Dockerland simulates programs and cannot run it\n`,
    );
    return 126;
  },
};

/** A real executable of an imported image: only a real busybox has an equal here. */
function realProgram(fs: FileSystem, path: string, argv: readonly string[], hosts: Hosts): Program | undefined {
  const name = (argv[0] ?? '').split('/').pop()!.replace(/^-/, '');
  if (name !== 'busybox' && !(name in applets)) return undefined;
  const asRoot = fs.as({ credentials: { uid: 0, gid: 0, groups: [] } });
  return contains(asRoot.readFile(path), 'BusyBox v') ? shellOr(programOf(busybox, 'busybox', hosts)) : undefined;
}

const searched = new WeakMap<Uint8Array, boolean>();

function contains(bytes: Uint8Array, words: string): boolean {
  const known = searched.get(bytes);
  if (known !== undefined) return known;
  const wanted = encode(words);
  let found = false;
  for (let at = bytes.indexOf(wanted[0]!); at >= 0 && !found; at = bytes.indexOf(wanted[0]!, at + 1))
    found = wanted.every((byte, offset) => bytes[at + offset] === byte);
  searched.set(bytes, found);
  return found;
}
