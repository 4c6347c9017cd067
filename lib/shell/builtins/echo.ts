/** echo. */
import type { Shell } from '../shell';
import { decoded } from './escapes';

export async function echo(shell: Shell, args: readonly string[]): Promise<number> {
  let at = 0;
  let newline = true;
  let escapes = shell.dialect === 'dash';
  const flags = escapes ? /^-n$/ : /^-[neE]+$/;
  for (; flags.test(args[at] ?? ''); at++) {
    for (const flag of args[at]!.slice(1)) {
      if (flag === 'n') newline = false;
      else escapes = flag === 'e';
      if (shell.dialect === 'dash') break;
    }
  }
  const text = args.slice(at).join(' ');
  if (!escapes) await shell.process.print(newline ? `${text}\n` : text);
  else {
    const { bytes, stopped } = decoded(text, true, shell.dialect !== 'dash');
    await shell.process.stdout.write(shell.process, newline && !stopped ? Uint8Array.from([...bytes, 10]) : bytes);
  }
  return 0;
}
