/** IPv4 as numbers: just what handing out addresses needs. */
export function addressValue(text: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (!parts || parts.some((part) => part > 255)) return undefined;
  return parts.reduce((value, part) => value * 256 + part, 0);
}

export function addressText(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

export interface Subnet {
  readonly base: number;
  readonly prefix: number;
  /** Usable addresses, without the network's and the broadcast one. */
  readonly first: number;
  readonly last: number;
}

/** `172.18.0.0/16`; undefined when it is not a subnet. */
export function parseSubnet(text: string): Subnet | undefined {
  const found = /^([\d.]+)\/(\d{1,2})$/.exec(text);
  const address = found && addressValue(found[1]!);
  const prefix = Number(found?.[2]);
  if (address === undefined || address === null || prefix > 32) return undefined;
  const size = 2 ** (32 - prefix);
  const base = Math.floor(address / size) * size;
  return { base, prefix, first: base + 1, last: base + Math.max(size - 2, 0) };
}

export function overlaps(a: Subnet, b: Subnet): boolean {
  const end = (one: Subnet) => one.base + 2 ** (32 - one.prefix);
  return a.base < end(b) && b.base < end(a);
}
