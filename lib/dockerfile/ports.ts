import { quote } from './characters';

/** A port that EXPOSE names, as the config keeps it: `80/tcp`. */
export type Port = `${number}/${string}`;

/** Why a port specification is none. */
export class PortError extends Error {
  override readonly name = 'PortError';
}

/** Ports from the first to the last, of one protocol. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
  readonly protocol: string;
}

/** `80`, `80/udp`, `8000-8010`, and the forms with an address or host port, which EXPOSE takes but ignores. */
export function readPorts(spec: string): PortRange {
  const slash = spec.lastIndexOf('/');
  const rawPorts = slash < 0 ? spec : spec.slice(0, slash);
  const protocol = slash < 0 ? 'tcp' : spec.slice(slash + 1).toLowerCase() || 'tcp';
  const container = rawPorts.slice(rawPorts.lastIndexOf(':') + 1);
  if (container === '') throw new PortError(`invalid port: ${quote(spec)}: no port specified`);
  if (!['tcp', 'udp', 'sctp'].includes(protocol)) {
    throw new PortError(`invalid port: ${quote(spec)}: invalid proto: ${protocol}`);
  }
  const [first, last] = range(container);
  return { first, last, protocol };
}

export function portsOf({ first, last, protocol }: PortRange): Port[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `${first + index}/${protocol}` as Port);
}

function range(text: string): [number, number] {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  const low = Number(match?.[1]);
  const high = Number(match?.[2] ?? match?.[1]);
  if (!match || low > 65535 || high > 65535 || high < low) throw new PortError(`invalid containerPort: ${text}`);
  return [low, high];
}

/** Whether it names more than a container port. */
export function mapsHostPort(spec: string): boolean {
  return spec.split('/')[0]!.includes(':');
}
