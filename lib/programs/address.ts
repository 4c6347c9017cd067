/** Where a host is, for everything that connects to one. */
import type { Network } from '../process';

export const isAddress = (host: string) => /^\d+(\.\d+){3}$/.test(host);

/** The address that a host stands for; undefined when nobody knows the name. */
export function addressOf(network: Network, host: string): string | undefined {
  return isAddress(host) ? host : network.resolve(host)[0];
}
