import { type Command, out } from '../invocation';
import { CommandError } from '../usage-error';

/** `docker port CONTAINER [PRIVATE_PORT[/PROTO]]`. */
export const port: Command = async (call) => {
  const { engine, args } = call;
  const [name = '', wanted] = args;
  const record = engine.container(name);
  const lines: string[] = [];
  for (const [inside, bindings] of Object.entries(record.ports ?? {})) {
    if (wanted !== undefined && inside !== privatePort(wanted)) continue;
    for (const { HostIp, HostPort } of bindings ?? []) {
      const address = `${HostIp.includes(':') ? `[${HostIp}]` : HostIp}:${HostPort}`;
      lines.push(wanted === undefined ? `${inside} -> ${address}` : address);
    }
  }
  if (wanted !== undefined && !lines.length)
    throw new CommandError(`Error: No public port '${wanted}' published for ${name}`);
  if (lines.length)
    await out(
      call,
      `${(wanted === undefined ? lines.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1)) : lines).join('\n')}\n`,
    );
  return 0;
};

function privatePort(text: string): string {
  const [number = '', protocol = 'tcp'] = text.split('/');
  if (!/^\d+$/.test(number))
    throw new CommandError(
      `Error: invalid port (${text}): invalid syntax`.replace(
        /^Error: .*$/,
        `Error: No public port '${text}' published`,
      ),
    );
  return `${Number(number)}/${protocol}`;
}
