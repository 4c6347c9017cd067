/**
 * node: small http programs. JavaScript is not run: a program is recognised by its shape (create a server, answer with text,
 * listen; log text), and what is beyond that is refused in plain words. Nothing that a student writes is ever evaluated.
 */
import { FsError } from '../../fs';
import { parseOptions } from '../options';
import type { Run } from '../run';
import { acceptLoop, httpConnection, type Reply } from './serve';

export const nodeVersion = '24.11.1';

const beyond = 'Dockerland plays small http programs and console.log; it does not run JavaScript in general';

/** What the words of a program may refer to. */
type Values = (name: string) => string | undefined;

export async function node(run: Run): Promise<number> {
  const options = parseOptions(run, '+vhe:p:ic', { version: 'v', eval: 'e', print: 'p', help: 'h' });
  if (options.has('v')) return run.print(`v${nodeVersion}\n`).then(() => 0);
  const code = options.value('e') ?? (options.has('p') ? `console.log(${options.value('p')})` : undefined);
  if (code !== undefined) return play(run, code, '[eval]');
  const [path] = options.operands;
  if (path === undefined) {
    if (run.process.stdin.terminal)
      return run.complain(`Welcome to Node.js v${nodeVersion} (Dockerland replica).\n${beyond}.\n`).then(() => 1);
    return play(run, new TextDecoder().decode(await run.drain(run.process.stdin)), '[stdin]');
  }
  const found = [path, `${path}.js`, `${path}/index.js`].find(
    (each) => run.fs.exists(each) && run.fs.stat(each).kind === 'file',
  );
  if (found === undefined) {
    const full = path.startsWith('/') ? path : `${run.process.cwd.replace(/\/$/, '')}/${path}`;
    await run.complain(
      `node:internal/modules/cjs/loader:1386\n  throw err;\n  ^\n\nError: Cannot find module '${full}'\n\nNode.js v${nodeVersion}\n`,
    );
    return 1;
  }
  return play(run, await run.readText(found), found);
}

interface Program {
  readonly constants: ReadonlyMap<string, string>;
  readonly logs: readonly string[];
  readonly server?: {
    readonly handler: string;
    readonly request: string;
    readonly response: string;
    readonly port: string;
    readonly onListen: readonly string[];
  };
}

async function play(run: Run, code: string, file: string): Promise<number> {
  const program = read(code);
  if (typeof program === 'number') {
    await run.complain(`${file}:${program}\n${code.split('\n')[program - 1] ?? ''}\n\n${beyond}.\n`);
    return 1;
  }
  const values = valuesOf(run, program.constants);
  for (const log of program.logs) {
    const text = say(log, values);
    if (text === undefined) return run.complain(`${file}\nconsole.log(${log})\n\n${beyond}.\n`).then(() => 1);
    await run.print(`${text}\n`);
  }
  return program.server ? serve(run, program.server, values) : 0;
}

/** The program, or the line that is beyond it. */
function read(code: string): Program | number {
  const constants = new Map<string, string>();
  const logs: string[] = [];
  let rest = code
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|[\s;{}])\/\/[^\n]*/g, '$1');
  const blank = (found: string) => found.replace(/[^\n]/g, ' ');
  let server: Program['server'];
  const create =
    /(?:(?:const|let|var)\s+\w+\s*=\s*)?\w+\s*\.\s*createServer\s*\(\s*(?:async\s*)?(?:function\s*)?\(\s*(\w+)\s*,\s*(\w+)\s*\)\s*(?:=>)?\s*\{/.exec(
      rest,
    );
  let onListen: string[] = [];
  let port = '';
  if (create) {
    const start = create.index + create[0].length;
    const end = matching(rest, start - 1);
    if (end < 0) return lineAt(rest, create.index);
    const handler = rest.slice(start, end);
    const listen = /\.\s*listen\s*\(/.exec(rest.slice(end));
    if (!listen) return lineAt(rest, create.index);
    const from = end + listen.index + listen[0].length;
    const to = matching(rest, from - 1);
    if (to < 0) return lineAt(rest, from);
    const words = rest.slice(from, to);
    port = /^\s*([^,]+)/.exec(words)?.[1]?.trim() ?? '';
    onListen = [...words.matchAll(/console\.log\(((?:[^()`'"]|`[^`]*`|'[^']*'|"[^"]*")*)\)/g)].map(
      (match) => match[1]!,
    );
    server = { handler, request: create[1]!, response: create[2]!, port, onListen };
    const before = rest.slice(0, create.index);
    const between = rest
      .slice(end + 1, end + listen.index)
      .replace(/^\s*\)\s*;?/, '')
      .replace(/\w+\s*$/, '');
    rest = `${before}${blank(rest.slice(create.index, end + 1))}${between}${blank(rest.slice(end + listen.index, to + 1))}${rest.slice(to + 1)}`;
  }
  for (const [at, raw] of rest.split('\n').entries()) {
    for (const statement of raw
      .split(/;(?=(?:[^'"`]|'[^']*'|"[^"]*"|`[^`]*`)*$)/)
      .map((each) => each.trim())
      .filter((each) => each && each !== ')')) {
      if (
        /^['"]use strict['"]$/.test(statement) ||
        /^import\s/.test(statement) ||
        /^(?:const|let|var)\s+[\w{},\s:]+=\s*require\(/.test(statement)
      )
        continue;
      const constant = /^(?:const|let|var)\s+(\w+)\s*=\s*(.+)$/.exec(statement);
      const log = /^console\.(?:log|info)\((.*)\)$/.exec(statement);
      if (log) logs.push(log[1]!);
      else if (constant) constants.set(constant[1]!, constant[2]!);
      else return at + 1;
    }
  }
  return { constants, logs, ...(server && { server }) };
}

const lineAt = (text: string, at: number) => text.slice(0, at).split('\n').length;

/** The bracket that closes the one at `at`. */
function matching(text: string, at: number): number {
  const pairs: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };
  const open: string[] = [];
  for (let here = at; here < text.length; here++) {
    const character = text[here]!;
    if (/['"`]/.test(character)) {
      const end = text.indexOf(character, here + 1);
      if (end < 0) return -1;
      here = end;
    } else if (pairs[character]) open.push(pairs[character]);
    else if (character === open.at(-1)) {
      open.pop();
      if (open.length === 0) return here;
    }
  }
  return -1;
}

function valuesOf(run: Run, constants: ReadonlyMap<string, string>): Values {
  const look = (name: string, depth: number): string | undefined => {
    if (/^process\.env\.\w+$/.test(name)) return run.process.env[name.slice(12)];
    if (name === 'process.version') return `v${nodeVersion}`;
    if (name === 'process.pid') return String(run.process.pid);
    if (/^os\.hostname\(\)$/.test(name)) return run.process.system.hostname;
    const own = constants.get(name);
    return own === undefined || depth > 8 ? undefined : say(own, (inner) => look(inner, depth + 1));
  };
  return (name) => look(name, 0);
}

/** An expression of text: literals, templates, names, `+`, `||`, `??`. Undefined when it is more than that. */
function say(expression: string, values: Values): string | undefined {
  const text = expression.trim();
  const either = splitTop(text, /\|\||\?\?/);
  if (either.length > 1) {
    for (const part of either) {
      const value = say(part, values);
      if (value !== undefined && value !== '') return value;
    }
    return undefined;
  }
  const list = splitTop(text, /,/);
  const joiner = list.length > 1 ? ' ' : '';
  const parts = (list.length > 1 ? list : splitTop(text, /\+/)).map((part) => one(part.trim(), values));
  return parts.includes(undefined) ? undefined : parts.join(joiner);
}

function splitTop(text: string, separator: RegExp): string[] {
  const parts: string[] = [''];
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    const quoted = /['"`]/.test(character) ? text.indexOf(character, at + 1) : -1;
    const found = new RegExp(separator.source, 'y');
    found.lastIndex = at;
    const mark = found.exec(text);
    if (quoted > 0) {
      parts[parts.length - 1] += text.slice(at, quoted + 1);
      at = quoted;
    } else if (mark) {
      parts.push('');
      at += mark[0].length - 1;
    } else parts[parts.length - 1] += character;
  }
  return parts;
}

function one(text: string, values: Values): string | undefined {
  if (/^(['"])[^'"]*\1$/.test(text)) return text.slice(1, -1).replaceAll('\\n', '\n').replaceAll('\\t', '\t');
  if (/^`[^`]*`$/.test(text)) {
    let good = true;
    const filled = text.slice(1, -1).replace(/\$\{([^}]*)\}/g, (_, inner: string) => {
      const value = say(inner, values);
      if (value === undefined) good = false;
      return value ?? '';
    });
    return good ? filled.replaceAll('\\n', '\n') : undefined;
  }
  if (/^-?\d+(\.\d+)?$/.test(text) || text === 'true' || text === 'false') return text;
  return values(text.replace(/^(?:Number|String|parseInt)\((.*?)(?:,\s*10)?\)$/, '$1'));
}

async function serve(run: Run, server: NonNullable<Program['server']>, values: Values): Promise<number> {
  const port = Number(say(server.port, values) ?? Number.NaN);
  if (!(port > 0 && port < 65536))
    return run.complain(`${beyond}: the port of listen(${server.port}) is not known.\n`).then(() => 1);
  const { network } = run.process.system;
  try {
    const listener = network.listen(port);
    for (const log of server.onListen) await run.print(`${say(log, values) ?? log}\n`);
    await run.flush();
    const service = {
      name: '',
      answer: ({ request }: { request: { method: string; target: string; headers: ReadonlyMap<string, string> } }) =>
        answer(server, values, request),
    };
    await acceptLoop(run, listener, httpConnection(run, service, port));
    return 0;
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    await run.complain(
      `node:events:486\n      throw er; // Unhandled 'error' event\n      ^\n\nError: listen EADDRINUSE: address already in use :::${port}\n\nNode.js v${nodeVersion}\n`,
    );
    return 1;
  }
}

/** Plays the handler's statements: head, headers, status, end; and `if (req.url === '…') { … }` with its `else`. */
function answer(
  server: NonNullable<Program['server']>,
  values: Values,
  request: { method: string; target: string; headers: ReadonlyMap<string, string> },
): Reply {
  const { request: req, response: res } = server;
  const inside: Values = (name) => {
    if (name === `${req}.url`) return request.target;
    if (name === `${req}.method`) return request.method;
    const header = new RegExp(`^${req}\\.headers(?:\\.(\\w+)|\\[['"]([^'"]+)['"]\\])$`).exec(name);
    if (header) return request.headers.get((header[1] ?? header[2]!).toLowerCase());
    return values(name);
  };
  const body = chosen(server.handler, inside);
  const head = new RegExp(`${res}\\.writeHead\\(\\s*(\\d+)\\s*(?:,\\s*\\{([^}]*)\\})?`).exec(body);
  const status = Number(head?.[1] ?? new RegExp(`${res}\\.statusCode\\s*=\\s*(\\d+)`).exec(body)?.[1] ?? 200);
  const named = [
    ...(head?.[2] ?? '').matchAll(/['"]?([\w-]+)['"]?\s*:\s*['"]([^'"]*)['"]/g),
    ...body.matchAll(new RegExp(`${res}\\.setHeader\\(\\s*['"]([\\w-]+)['"]\\s*,\\s*['"]([^'"]*)['"]`, 'g')),
  ];
  const pieces = [
    ...body.matchAll(
      new RegExp(`${res}\\.(?:write|end)\\(((?:[^()\`'"]|\`[^\`]*\`|'[^']*'|"[^"]*"|\\([^()]*\\))*)\\)`, 'g'),
    ),
  ].map((match) => match[1]!.trim());
  const text = pieces
    .map((piece) => (piece === '' ? '' : (say(piece, inside) ?? json(piece, inside) ?? `[${beyond}]`)))
    .join('');
  return { status, headers: named.map(([, name = '', value = '']) => [name, value] as const), body: text };
}

function json(piece: string, values: Values): string | undefined {
  const inner = /^JSON\.stringify\(\s*\{([\s\S]*)\}\s*\)$/.exec(piece)?.[1];
  if (inner === undefined) return undefined;
  const fields = splitTop(inner, /,/)
    .map((field) => field.trim())
    .filter(Boolean)
    .map((field) => {
      const [, key = field, value = field] = /^['"]?(\w+)['"]?\s*:\s*([\s\S]+)$/.exec(field) ?? [];
      const said = say(value, values);
      return said === undefined
        ? undefined
        : `${JSON.stringify(key)}:${/^-?\d+(\.\d+)?$|^(true|false)$/.test(value.trim()) ? said : JSON.stringify(said)}`;
    });
  return fields.includes(undefined) ? undefined : `{${fields.join(',')}}`;
}

function chosen(handler: string, values: Values): string {
  const condition = /if\s*\(\s*([\w.]+)\s*===?\s*(['"])([^'"]*)\2\s*\)\s*\{/.exec(handler);
  if (!condition) return handler;
  const open = condition.index + condition[0].length - 1;
  const close = matching(handler, open);
  if (close < 0) return handler;
  const before = handler.slice(0, condition.index);
  const body = handler.slice(open + 1, close);
  const after = handler.slice(close + 1);
  const otherwise = /^\s*else\s*(\{)?/.exec(after);
  if (values(condition[1]!) === condition[3])
    return /\breturn\b/.test(body) || otherwise ? before + body : before + body + after;
  if (!otherwise) return before + chosen(after, values);
  if (!otherwise[1]) return before + chosen(after.slice(otherwise[0].length), values);
  const start = otherwise[0].length - 1;
  const end = matching(after, start);
  return (
    before + chosen(after.slice(start + 1, end < 0 ? undefined : end), values) + (end < 0 ? '' : after.slice(end + 1))
  );
}
