/**
 * awk as busybox and mawk (Debian's) have it: records as they come, regular expressions of `lib/pattern`, commands by pipes.
 * What the two print differently follows the image's dialect.
 */
import { FsError } from '../../fs';
import { RegexFault } from '../../pattern';
import { type Options, parseOptions, UsageError } from '../options';
import { type Run, WriteFailure } from '../run';
import { Execution } from './execute';
import { AwkFault } from './fault';
import { BadRegex } from './regexes';
import { bytesOf, InputFailure, State } from './state';
import { parse } from './statements';
import { take } from './steps';
import { OutputFailure } from './streams';
import { unescaped } from './tokens';
import { read } from './values';

export async function awk(run: Run): Promise<number> {
  const options = optionsOf(run);
  if (typeof options === 'string') return run.fail(options, 2);
  const operands = [...options.operands];
  if (options.has('W') && run.gnu) return version(run);
  if (options.has('W')) await run.fail('warning: option -W is ignored');
  const files = options.all('f');
  const state = new State(run, files[0] ?? '');
  try {
    const source = files.length > 0 ? await sourceOf(run, files) : operands.shift();
    if (source === undefined) throw new UsageError('', run.gnu ? 0 : 1);
    return await play(state, source, options, operands);
  } catch (error) {
    return await report(state, files.at(-1), error);
  } finally {
    state.skipFile();
    state.streams.abandon();
  }
}

/** mawk refuses an option in words of its own. */
function optionsOf(run: Run): Options | string {
  try {
    return parseOptions(run, run.gnu ? '+F:v:f:W:' : '+F:v:f:e:W:');
  } catch (error) {
    if (!run.gnu || !(error instanceof UsageError)) throw error;
    const flag = /'(.*)'$/.exec(error.complaint)?.[1];
    if (flag === undefined) throw error;
    return error.complaint.includes('requires')
      ? `option -${flag} lacks argument`
      : `not an option: ${flag.startsWith('-') ? flag : `-${flag}`}`;
  }
}

async function version(run: Run): Promise<number> {
  await run.print('mawk 1.3.4 20250131\n');
  return 0;
}

async function sourceOf(run: Run, files: readonly string[]): Promise<string> {
  const texts: string[] = [];
  for (const path of files) {
    try {
      texts.push(await run.readText(path));
    } catch (error) {
      throw error instanceof FsError ? new InputFailure(path, error) : error;
    }
  }
  return texts.join('\n');
}

async function play(state: State, source: string, options: Options, operands: readonly string[]): Promise<number> {
  const { globals, gnu, run } = state;
  const separator = options.value('F');
  if (separator !== undefined) state.put('FS', unescaped(bytesOf(separator), gnu));
  for (const word of options.all('v')) state.assign(word);
  const args = globals.of('ARGV').array();
  for (const [place, word] of ['awk', ...operands].entries()) args.set(String(place), read(bytesOf(word)));
  state.put('ARGC', args.size);
  const environment = globals.of('ENVIRON').array();
  for (const [name, value] of Object.entries(run.process.env)) environment.set(name, read(bytesOf(value)));
  const program = parse(bytesOf(source), globals, gnu, (pattern) => void state.regex(pattern));
  const exitCode = await take(new Execution(state, program).run());
  await state.streams.closeAll();
  return exitCode;
}

async function report(state: State, file: string | undefined, error: unknown): Promise<number> {
  const { run, gnu } = state;
  const code = gnu ? 2 : 1;
  if (error instanceof WriteFailure && gnu)
    return run.fail(`close failed on file "/dev/stdout" (${run.say(error.reason)})`, code);
  if (error instanceof UsageError || error instanceof WriteFailure) throw error;
  await state.streams.flush().catch(() => undefined);
  if (error instanceof AwkFault && gnu && error.code === 'recursion') {
    run.process.kill(run.process.pid, 'SEGV');
    await run.process.tick();
  }
  if (error instanceof AwkFault)
    return run.fail(error.told(gnu, file) + (gnu && error.running ? whereabouts(state) : ''), code);
  if (error instanceof BadRegex)
    return run.fail(gnu ? `line ${state.line}: ${error.told(gnu)}` : error.told(gnu), code);
  if (error instanceof RegexFault) return run.fail(error.message, code);
  if (error instanceof InputFailure) return run.fail(inputWords(state, error, file), code);
  if (error instanceof OutputFailure) return run.fail(outputWords(run, error), code);
  if (error instanceof FsError && error.errno === 'ENOMEM')
    return run.fail(gnu ? `run time error: out of memory${whereabouts(state)}` : 'out of memory', code);
  throw error;
}

/** mawk tells where in the input a program was. */
function whereabouts(state: State): string {
  const number = (name: string) => state.text(state.special(name));
  return `\n\tFILENAME="${number('FILENAME')}" FNR=${number('FNR')} NR=${number('NR')}`;
}

function inputWords({ run }: State, { path, reason }: InputFailure, file: string | undefined): string {
  if (run.gnu) return `cannot open "${path}" (${run.say(reason)})`;
  if (reason.errno === 'EISDIR') return `${file ?? 'cmd. line'}:1: ${run.say(reason)}`;
  return path === file ? `can't open '${path}': ${run.say(reason)}` : `${path}: ${run.say(reason)}`;
}

function outputWords(run: Run, { path, reason, when }: OutputFailure): string {
  if (when === 'write')
    return run.gnu ? `close failed on file "${path}" (${run.say(reason)})` : `write error: ${run.say(reason)}`;
  return run.gnu ? `cannot open "${path}" for output (${run.say(reason)})` : `can't open '${path}': ${run.say(reason)}`;
}
