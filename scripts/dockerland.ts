// npm run -s dockerland -- sh [--json] [--load ARCHIVE]... [SCRIPT]
//
// Plays a shell script on one fresh simulated computer, in a new empty folder that is $PWD; without SCRIPT it is read from stdin.
// With --json every line of stdin is an object {"step": "shell text"}, run as a `bash -c` of its own in that folder, and is
// answered by one line {"stdout", "stderr", "exitCode"}. Waits are jumped over. --load loads images before anything runs.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createHost, type DockerlandHost, type StepResult } from './dockerland-host';

const usage = 'usage: dockerland sh [--json] [--load ARCHIVE]... [SCRIPT]\n';

interface Asked {
  readonly json: boolean;
  readonly archives: readonly string[];
  readonly script?: string;
}

function parse(words: readonly string[]): Asked | undefined {
  if (words[0] !== 'sh') return undefined;
  const archives: string[] = [];
  let json = false;
  let script: string | undefined;
  for (let at = 1; at < words.length; at++) {
    const word = words[at]!;
    if (word === '--json') json = true;
    else if (word === '--load') archives.push(words[++at] ?? '');
    else if (word.startsWith('-') || script !== undefined) return undefined;
    else script = word;
  }
  return archives.includes('') ? undefined : { json, archives, script };
}

async function main(): Promise<number> {
  const asked = parse(process.argv.slice(2));
  if (!asked) {
    process.stderr.write(usage);
    return 2;
  }
  const host = createHost({ seed: Date.now() % 2 ** 31 });
  try {
    for (const path of asked.archives) host.engine.load(readFileSync(path));
    return asked.json ? await answerLines(host) : await playScript(host, asked.script);
  } finally {
    host.stop();
  }
}

async function playScript(host: DockerlandHost, path: string | undefined): Promise<number> {
  const text = readFileSync(path ?? 0, 'utf8');
  const { stdout, stderr, exitCode } = await host.step(text);
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  return exitCode;
}

async function answerLines(host: DockerlandHost): Promise<number> {
  for await (const line of createInterface({ input: process.stdin })) {
    if (!line.trim()) continue;
    process.stdout.write(`${JSON.stringify(await answer(host, line))}\n`);
  }
  return 0;
}

async function answer(host: DockerlandHost, line: string): Promise<StepResult> {
  try {
    const { step } = JSON.parse(line) as { step?: unknown };
    if (typeof step === 'string') return await host.step(step);
    return { stdout: '', stderr: 'dockerland: the line has no "step" of text\n', exitCode: 2 };
  } catch (error) {
    return {
      stdout: '',
      stderr: `dockerland: ${error instanceof Error ? error.message : String(error)}\n`,
      exitCode: 2,
    };
  }
}

process.exitCode = await main();
