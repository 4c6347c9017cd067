/** jq, join, column: just-bash's. */
import { runTool } from '../just-bash';
import { UsageError } from '../options';
import type { Run } from '../run';

/** Whether a tool will read standard input, judged by its operands. */
type Reads = (operands: readonly string[]) => boolean;

async function standardInput(run: Run, reads: boolean): Promise<Uint8Array> {
  return reads ? run.drain(run.process.stdin) : new Uint8Array(0);
}

async function pass(run: Run, name: string, args: readonly string[], reads: boolean): Promise<number> {
  const { stdout, stderr, exitCode } = await runTool(run, name, args, await standardInput(run, reads));
  await run.write(stdout);
  if (stderr) await run.complain(stderr);
  return exitCode;
}

/** Words that are no options and no options' values. */
function operandsOf(args: readonly string[], valued: string): string[] {
  const operands: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!;
    if (word === '--') return [...operands, ...args.slice(at + 1)];
    if (word.startsWith('-') && word !== '-') {
      if (word.length === 2 && valued.includes(word[1]!)) at++;
    } else operands.push(word);
  }
  return operands;
}

const stdinWithoutFile: Reads = (operands) => operands.length === 0 || operands.includes('-');

export async function column(run: Run): Promise<number> {
  return pass(run, 'column', run.args, stdinWithoutFile(operandsOf(run.args, 'scoN')));
}

export async function join(run: Run): Promise<number> {
  const operands = operandsOf(run.args, '12jtaevo');
  if (operands.length !== 2)
    throw new UsageError(
      run.gnu ? (operands.length === 0 ? 'missing operand' : `missing operand after '${operands[0]}'`) : '',
    );
  return pass(run, 'join', run.args, operands.includes('-'));
}

export async function jq(run: Run): Promise<number> {
  const operands = operandsOf(run.args, 'f');
  const valued = run.args.some((word) => word === '--arg' || word === '--argjson');
  return pass(
    run,
    'jq',
    run.args,
    valued
      ? operands.length <= 3
      : operands.length <= 1 && !run.args.includes('-n') && !run.args.includes('--null-input'),
  );
}
