/**
 * python: its file server, its version, and programs that only print. Nothing else of the language is played, and it says so.
 */
import { parseOptions } from '../options';
import { Run } from '../run';
import { pip } from './pip';
import { pythonServer } from './static-servers';

const version = '3.14.0';

const beyond = 'Dockerland plays python -m http.server and scripts that only print; it does not run Python programs';

export async function python(run: Run): Promise<number> {
  const options = parseOptions(run, '+Vvc:m:uBEIsSqOi', { version: 'V', help: 'h' });
  if (options.has('V')) return run.print(`Python ${version}\n`).then(() => 0);
  const module = options.value('m');
  if (module !== undefined) return runModule(run, module, options.operands);
  const code = options.value('c');
  if (code !== undefined) return play(run, code, '<string>');
  const [path] = options.operands;
  if (path !== undefined && path !== '-') {
    try {
      return await play(run, await run.readText(path), path);
    } catch (error) {
      const words = run.say(error);
      return run
        .complain(
          `${run.process.argv[0]}: can't open file '${path.startsWith('/') ? path : `${run.process.cwd}/${path}`}': [Errno 2] ${words}\n`,
        )
        .then(() => 2);
    }
  }
  if (!run.process.stdin.terminal)
    return play(run, new TextDecoder().decode(await run.drain(run.process.stdin)), '<stdin>');
  return prompt(run);
}

async function runModule(run: Run, module: string, args: readonly string[]): Promise<number> {
  if (module === 'http.server') return pythonServer(run, args);
  if (module === 'pip') {
    return pip(new Run(run.process, run.dialect, 'pip', args, run.hosts));
  }
  if (module === 'venv') return run.complain(`${beyond}\n`).then(() => 1);
  return run.complain(`${run.process.argv[0]}: No module named ${module}\n`).then(() => 1);
}

/** `>>>`, for lines that print or calculate with numbers. */
async function prompt(run: Run): Promise<number> {
  await run.print(`Python ${version} (Dockerland replica)\nType "exit()" to leave. ${beyond}.\n`);
  const lines = run.lines(run.process.stdin);
  for (;;) {
    await run.print('>>> ');
    await run.flush();
    const line = await lines.next();
    if (line === undefined || /^\s*(exit|quit)(\(\))?\s*$/.test(line)) break;
    const value = line.trim() === '' ? '' : await evaluate(line.trim());
    if (value !== undefined && value !== '') await run.print(`${value}\n`);
    else if (line.trim() !== '') await play(run, line, '<stdin>');
  }
  return 0;
}

async function evaluate(text: string): Promise<string | undefined> {
  const sum = /^(-?\d+)\s*([-+*]|\/\/|%|\*\*)\s*(-?\d+)$/.exec(text);
  if (/^-?\d+$/.test(text)) return text;
  if (!sum) return literal(text) === undefined ? undefined : `'${literal(text)}'`;
  const [a, b] = [BigInt(sum[1]!), BigInt(sum[3]!)];
  if ((sum[2] === '//' || sum[2] === '%') && b === 0n) return undefined;
  if (sum[2] === '**' && (b < 0n || b > 1000n)) return undefined;
  return String(
    { '+': () => a + b, '-': () => a - b, '*': () => a * b, '//': () => a / b, '%': () => a % b, '**': () => a ** b }[
      sum[2]!
    ]!(),
  );
}

/** Prints what a script prints, line by line, as long as every line is a comment, an import, or a print of plain text. */
async function play(run: Run, code: string, file: string): Promise<number> {
  const lines = code.split('\n');
  for (const [at, raw] of lines.entries()) {
    const line = raw.replace(/\s+$/, '');
    if (line === '' || /^\s*#/.test(line) || /^(import|from)\s/.test(line)) continue;
    const statements = splitStatements(line);
    for (const statement of statements) {
      const printed = /^print\((.*)\)$/.exec(statement.trim());
      const words = printed ? printedText(printed[1]!, run) : undefined;
      if (words === undefined) {
        await run.complain(`  File "${file}", line ${at + 1}\n    ${statement.trim()}\n${beyond}\n`);
        return 1;
      }
      await run.print(`${words}\n`);
    }
  }
  return 0;
}

const splitStatements = (line: string) => line.match(/(?:'[^']*'|"[^"]*"|[^;'"])+/g) ?? [line];

function literal(text: string): string | undefined {
  const match = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')$/.exec(text.trim());
  return match
    ? (match[1] ?? match[2] ?? '')
        .replace(/\\n/g, '\n')
        .replace(/\\t/g, '\t')
        .replace(/\\(['"\\])/g, '$1')
    : undefined;
}

function printedText(args: string, run: Run): string | undefined {
  if (args.trim() === '') return '';
  const parts = args.match(/(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\([^)]*\)|[^,'"(])+/g) ?? [];
  const words = parts.map((part) => {
    const text = part.trim();
    const variable = /^os\.(?:environ\[['"](\w+)['"]\]|environ\.get\(['"](\w+)['"]\)|getenv\(['"](\w+)['"]\))$/.exec(
      text,
    );
    if (variable) return run.process.env[variable[1] ?? variable[2] ?? variable[3]!] ?? 'None';
    return literal(text) ?? (/^-?\d+(\.\d+)?$/.test(text) ? text : undefined);
  });
  return words.includes(undefined) ? undefined : words.join(' ');
}
