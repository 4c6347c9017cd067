import type { PortBinding } from '../container';
import { isAddress } from './values';

export interface PortSpecs {
  readonly exposed: Record<string, Record<string, never>>;
  readonly bindings: Record<string, PortBinding[]>;
}

/** `-p [ip:][host:]container[/protocol]`, ranges included. Throws Error with docker's words. (docker/go-connections, nat) */
export function parsePorts(specs: readonly string[]): PortSpecs {
  const exposed: PortSpecs['exposed'] = {};
  const bindings: PortSpecs['bindings'] = {};
  for (const spec of specs) {
    for (const { port, binding } of parsePort(spec)) {
      exposed[port] = {};
      (bindings[port] ??= []).push(binding);
    }
  }
  return { exposed, bindings };
}

function parsePort(spec: string): { port: string; binding: PortBinding }[] {
  const { ip, host, container } = splitSpec(spec);
  const [containerPort = '', protocol = 'tcp'] = splitProtocol(container);
  if (ip && !isAddress(ip)) throw new Error(`invalid IP address: ${ip}`);
  if (!containerPort) throw new Error(`no port specified: ${spec}<empty>`);
  const inside = range(containerPort, () => new Error(`invalid containerPort: ${containerPort}`));
  const outside = host ? range(host, () => new Error(`invalid hostPort: ${host}`)) : undefined;
  const many = inside.last - inside.first;
  if (outside && outside.last - outside.first !== many && many !== 0) {
    throw new Error(`invalid ranges specified for container and host Ports: ${containerPort} and ${host}`);
  }
  if (!['tcp', 'udp', 'sctp'].includes(protocol.toLowerCase())) throw new Error(`invalid proto: ${protocol}`);
  return Array.from({ length: many + 1 }, (_, at) => ({
    port: `${inside.first + at}/${protocol.toLowerCase()}`,
    binding: { HostIp: ip, HostPort: hostPort(outside, many, at) },
  }));
}

function hostPort(outside: Range | undefined, many: number, at: number): string {
  if (!outside) return '';
  if (many === 0 && outside.first !== outside.last) return `${outside.first}-${outside.last}`;
  return String(outside.first + at);
}

function splitSpec(spec: string): { ip: string; host: string; container: string } {
  const bracket = /^\[([^\]]*)\]:(.*)$/.exec(spec);
  const parts = (bracket ? bracket[2]! : spec).split(':');
  if (bracket) return { ip: bracket[1]!, host: parts.length > 1 ? parts[0]! : '', container: parts.at(-1)! };
  const container = parts.pop()!;
  const host = parts.pop() ?? '';
  return { ip: parts.join(':'), host, container };
}

function splitProtocol(text: string): string[] {
  const at = text.indexOf('/');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1) || 'tcp'];
}

interface Range {
  readonly first: number;
  readonly last: number;
}

function range(text: string, fail: () => Error): Range {
  const [low = '', high = low] = text.split('-');
  const numbers = [low, high].map((part) => (/^\d+$/.test(part) ? Number(part) : Number.NaN));
  const [first, last] = numbers as [number, number];
  if (numbers.some((number) => Number.isNaN(number) || number > 65_535) || last < first) throw fail();
  return { first, last };
}

/** `--expose 80`, `--expose 8000-8010/udp`. */
export function parseExposed(specs: readonly string[]): string[] {
  return specs.flatMap((spec) => {
    const fail = (reason: string) => new Error(`invalid range format for --expose: ${spec}, error: ${reason}`);
    if (spec.includes(':')) throw new Error(`invalid port format for --expose: ${spec}`);
    const [ports = '', protocol = 'tcp'] = splitProtocol(spec);
    const [low = '', high = low] = ports.split('-');
    for (const part of [low, high]) {
      if (!/^\d+$/.test(part)) throw fail(`strconv.ParseUint: parsing ${JSON.stringify(part)}: invalid syntax`);
      if (Number(part) > 65_535) throw fail(`strconv.ParseUint: parsing ${JSON.stringify(part)}: value out of range`);
    }
    if (Number(high) < Number(low)) throw fail(`invalid range specified for port: ${ports}`);
    return Array.from(
      { length: Number(high) - Number(low) + 1 },
      (_, at) => `${Number(low) + at}/${protocol.toLowerCase()}`,
    );
  });
}
