import { type Invocation, out } from './invocation';
import { CommandError } from './usage-error';

/** Asks before something is lost. Answers true for `y`; anything else is no. */
export async function confirm(call: Invocation, warning: string): Promise<boolean> {
  await out(call, `${warning} [y/N] `);
  const bytes = await call.process.stdin.read(call.process);
  const answer = new TextDecoder().decode(bytes).trim().toLowerCase();
  if (bytes.length === 0) await out(call, '\n');
  return answer === 'y' || answer === 'yes';
}

/** Stops the command when the person does not agree. */
export async function requireConsent(call: Invocation, warning: string): Promise<void> {
  if (call.flags.on('force') || (await confirm(call, warning))) return;
  throw new CommandError(`${call.path.split(' ')[0]} prune has been cancelled`.replace(/^(\w+) prune/, '$1 prune'));
}
