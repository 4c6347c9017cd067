/** nc: a bare connection between standard input and output and the other side, made or waited for. */
import { FsError } from '../../../fs';
import type { Connection } from '../../../process';
import { addressOf } from '../../address';
import { parseOptions, UsageError } from '../../options';
import type { Run } from '../../run';

export async function nc(run: Run): Promise<number> {
  const options = parseOptions(run, 'lp:w:i:vnze:kuNq:s:', {});
  const port = Number(options.value('p') ?? options.operands.at(-1));
  if (!Number.isInteger(port) || (!options.has('l') && options.operands.length < 2)) throw new UsageError();
  const { network } = run.process.system;
  if (options.has('l')) return serve(run, port, options.has('k'));
  const host = options.operands[0]!;
  const address = addressOf(network, host);
  if (address === undefined)
    return run.fail(
      run.gnu ? `getaddrinfo for host "${host}" port ${port}: Name or service not known` : `bad address '${host}'`,
    );
  try {
    const connection = await run.process.until(network.connect(address, port));
    if (options.has('v')) await run.complain(`${host} (${address}:${port}) open\n`);
    if (options.has('z')) connection.close();
    else await talk(run, connection);
    return 0;
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    if (options.has('z') && !options.has('v')) return 1;
    return run.fail(
      `${run.gnu ? `connect to ${host} port ${port} (tcp) failed` : `can't connect to remote host (${address})`}: ${run.say(error)}`,
    );
  }
}

/** One visitor, or one after the other. */
async function serve(run: Run, port: number, goesOn: boolean): Promise<number> {
  const listener = run.process.system.network.listen(port);
  try {
    do await talk(run, await run.process.until(listener.accept()));
    while (goesOn);
  } finally {
    listener.close();
  }
  return 0;
}

/** Standard input to the other side, its words to standard output, until it hangs up. */
async function talk(run: Run, connection: Connection): Promise<void> {
  const child = run.process.spawn({
    argv: [run.name],
    program: async (process) => {
      for (let bytes = await process.stdin.read(process); bytes.length > 0; bytes = await process.stdin.read(process))
        await process.until(connection.write(bytes));
      return 0;
    },
  });
  try {
    for (
      let bytes = await run.process.until(connection.read());
      bytes.length > 0;
      bytes = await run.process.until(connection.read())
    ) {
      await run.write(bytes);
      await run.flush();
    }
  } finally {
    connection.close();
    if (!run.process.reap(child.pid)) run.process.kill(child.pid, 'KILL');
  }
}
