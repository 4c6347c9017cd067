/** Reckoning with IPv4 addresses and the length of their prefix. */

const bits = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const dotted = (value: number) => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');

export const maskOf = (prefix: number) =>
  [0, 8, 16, 24].map((shift) => String(prefix <= shift ? 0 : 256 - 2 ** (8 - Math.min(8, prefix - shift)))).join('.');

const first = (address: string, prefix: number) => Math.floor(bits(address) / 2 ** (32 - prefix)) * 2 ** (32 - prefix);

export const networkOf = (address: string, prefix: number) => dotted(first(address, prefix));
export const broadcastOf = (address: string, prefix: number) => dotted(first(address, prefix) + 2 ** (32 - prefix) - 1);
export const gatewayOf = (address: string, prefix: number) => dotted(first(address, prefix) + 1);
