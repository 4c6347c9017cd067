import { type Invocation, out } from './invocation';

/** Asks before something is lost. Answers true for `y`; anything else is no. */
export async function confirm(call: Invocation, warning: string): Promise<boolean> {
  await out(call, `${warning} [y/N] `);
  const bytes = await call.process.stdin.read(call.process);
  const answer = new TextDecoder().decode(bytes).trim().toLowerCase();
  if (bytes.length === 0) await out(call, '\n');
  return answer === 'y' || answer === 'yes';
}

/** Whether to go on: `--force`, or the person agreed. */
export async function consent(call: Invocation, warning: string): Promise<boolean> {
  return call.flags.on('force') || (await confirm(call, warning));
}
