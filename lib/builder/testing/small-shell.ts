import { type FileSystem, FsError, join, type Mounts, Mounts as MountTable, viewOf } from '../../fs';
import type { Runner, RunTask } from '../build-options';

/**
 * Just enough of a shell for tests of builds: lists (`;`, `&&`, `||`, newlines), quotes, `$VAR`, `>`, `>>`, `>&2`, heredocs on
 * stdin, and a dozen commands. It is not the product's shell, which lives above this room.
 */
export const smallShell: Runner = async (task) => {
  const shell = new SmallShell(task);
  const [program = '', ...rest] = task.argv;
  if (!/(^|\/)sh$/.test(program)) return { exitCode: await shell.command(task.argv, '', {}) };
  const script = rest.findIndex((word) => /^-\w*c$/.test(word));
  return {
    exitCode: await shell.script(
      rest.slice(script + 1).join(' '),
      rest.some((word) => /^-\w*x/.test(word)),
    ),
  };
};

const encoder = new TextEncoder();
const decoder = new TextDecoder();

interface Redirects {
  readonly out?: string;
  readonly append?: boolean;
  readonly toStderr?: boolean;
}

class Exit extends Error {
  constructor(readonly code: number) {
    super('exit');
  }
}

class SmallShell {
  readonly files: FileSystem;

  constructor(readonly task: RunTask) {
    const [root, ...others] = task.mounts;
    const mounts: Mounts = new MountTable(root!.tree);
    for (const { path, tree, readOnly, source, type, root: top } of others)
      mounts.mount(path, tree, { readOnly, source, type, root: top });
    this.files = viewOf(mounts, { credentials: task.credentials, cwd: task.cwd, umask: 0o022 });
  }

  async script(text: string, trace = false): Promise<number> {
    let status = 0;
    try {
      for (const { source, stdin } of heredocs(text)) {
        let operator = ';';
        for (const part of source.split(/(;|&&|\|\||\n)/)) {
          if (/^(;|&&|\|\||\n)$/.test(part)) {
            operator = part;
            continue;
          }
          if (part.trim() === '' || (operator === '&&' && status !== 0) || (operator === '||' && status === 0))
            continue;
          status = await this.#simple(part.trim(), stdin, trace);
        }
      }
    } catch (error) {
      if (!(error instanceof Exit)) throw error;
      status = error.code;
    }
    return status;
  }

  async #simple(line: string, stdin: string, trace: boolean): Promise<number> {
    const words = this.#words(line);
    const argv: string[] = [];
    let redirects: Redirects = {};
    for (let at = 0; at < words.length; at += 1) {
      const word = words[at]!;
      if (word === '>&2') redirects = { ...redirects, toStderr: true };
      else if (word === '>' || word === '>>') redirects = { out: words[(at += 1)], append: word === '>>' };
      else argv.push(word);
    }
    if (trace) await this.task.output('stderr', encoder.encode(`+ ${argv.join(' ')}\n`));
    return this.command(argv, stdin, redirects);
  }

  #identity(): string {
    const { uid, gid, groups } = this.task.credentials;
    const named = (file: string, id: number) => {
      const row = decoder
        .decode(this.files.readFile(file))
        .split('\n')
        .map((line) => line.split(':'));
      const name = row.find((fields) => fields[2] === String(id))?.[0];
      return name ? `${id}(${name})` : String(id);
    };
    const all = groups.map((id) => named('/etc/group', id)).join(',');
    return `uid=${named('/etc/passwd', uid)} gid=${named('/etc/group', gid)} groups=${all}`;
  }

  /** Words with quotes and variables taken care of; an unquoted variable without a value is no word. */
  #words(line: string): string[] {
    const found = line.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+/g) ?? [];
    return found.flatMap((raw) => {
      const part = /"((?:[^"\\]|\\.)*)"|'([^']*)'|((?:[^"'\\]|\\.)+)/g;
      const word = raw.replace(part, (_, double?: string, single?: string, plain?: string) => {
        if (single !== undefined) return single;
        return double === undefined ? this.#variables(plain!, /./) : this.#variables(double, /["$\\`]/);
      });
      return word === '' && !/["']/.test(raw) ? [] : [word];
    });
  }

  #variables(text: string, escapable: RegExp): string {
    return text.replace(/\\(.)|\$\{?(\w+)\}?/g, (whole, escaped?: string, name?: string) => {
      if (escaped === undefined) return this.task.env[name!] ?? '';
      return escapable.test(escaped) ? escaped : whole;
    });
  }

  async command(argv: readonly string[], stdin: string, redirects: Redirects): Promise<number> {
    const [name = '', ...args] = argv;
    const say = async (text: string, stream: 'stdout' | 'stderr' = 'stdout') => {
      if (redirects.out === undefined || stream === 'stderr') {
        await this.task.output(redirects.toStderr ? 'stderr' : stream, encoder.encode(text));
      } else if (redirects.append && this.files.exists(redirects.out))
        this.files.appendFile(redirects.out, encoder.encode(text));
      else this.files.writeFile(redirects.out, encoder.encode(text));
    };
    const each = async (paths: readonly string[], work: (path: string) => Promise<void>) => {
      let status = 0;
      for (const path of paths) {
        try {
          await work(path);
        } catch (error) {
          if (!(error instanceof FsError)) throw error;
          const what = name === 'cat' ? `can't open '${path}'` : path;
          await say(`${name}: ${what}: No such file or directory\n`, 'stderr');
          status = 1;
        }
      }
      return status;
    };
    switch (name) {
      case 'echo':
        await say(`${args.join(' ')}\n`);
        return 0;
      case 'printf':
        await say(args[0]!.replaceAll('\\n', '\n'));
        return 0;
      case 'cat':
        if (args.length === 0) await say(stdin);
        return each(args, async (path) => say(decoder.decode(this.files.readFile(path))));
      case 'ls': {
        const paths = args.filter((word) => !word.startsWith('-'));
        return each(paths.length > 0 ? paths : ['.'], async (path) => {
          const { kind } = this.files.stat(path);
          const names = kind === 'directory' ? this.files.readdir(path).map((entry) => entry.name) : [path];
          for (const entry of names) await say(`${entry}\n`);
        });
      }
      case 'touch':
        return each(args, async (path) => this.files.writeFile(path, new Uint8Array(0)));
      case 'mkdir':
        return each(
          args.filter((word) => word !== '-p'),
          async (path) => this.files.mkdir(path),
        );
      case 'rm':
        return each(
          args.filter((word) => !word.startsWith('-')),
          async (path) => this.files.unlink(path),
        );
      case 'pwd':
        await say(`${join(this.task.cwd)}\n`);
        return 0;
      case 'id':
        await say(`${this.#identity()}\n`);
        return 0;
      case 'true':
        return 0;
      case 'false':
        return 1;
      case 'exit':
        throw new Exit(Number(args[0] ?? 0));
      case 'sh':
        return this.script(stdin, args.includes('-x'));
      case 'forever':
        await new Promise<void>((resolve) => this.task.signal.addEventListener('abort', () => resolve()));
        return 137;
      default:
        if (this.files.exists(name)) return this.script(decoder.decode(this.files.readFile(name)));
        await say(`/bin/sh: line 0: ${name}: not found\n`, 'stderr');
        return 127;
    }
  }
}

/** Takes heredocs out: the line without them, and what they put on stdin. */
function heredocs(text: string): { source: string; stdin: string }[] {
  const lines = text.replace(/^#!.*\n/, '').split('\n');
  const parts: { source: string; stdin: string }[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const marks = [...lines[at]!.matchAll(/<<(-?)(['"]?)(\w+)\2/g)];
    let stdin = '';
    for (const [, chomp, , name] of marks) {
      stdin = '';
      for (at += 1; at < lines.length && lines[at]!.trim() !== name; at += 1) {
        stdin += `${chomp ? lines[at]!.replace(/^\t+/, '') : lines[at]}\n`;
      }
    }
    const line = marks.length > 0 ? lines[at - countLines(stdin) - marks.length] : lines[at];
    const source = (marks.length > 0 ? lineWith(lines, marks[0]![0]) : line)!.replace(/\d*<<-?(['"]?)\w+\1/g, '');
    parts.push({ source, stdin });
  }
  return parts;
}

function countLines(text: string): number {
  return text.split('\n').length - 1;
}

function lineWith(lines: readonly string[], mark: string): string {
  return lines.find((line) => line.includes(mark)) ?? '';
}
