import { z } from 'zod';

/** Raised whenever an old page could misunderstand a new server. A page with another one is told to reload itself. */
export const protocolVersion = 1;

/**
 * `auth` of the socket.io handshake. `token` is a seat's resume token; a host is known by the sign-in cookie; neither is a
 * stranger, who may look at a code and take a seat.
 */
export const handshake = z.object({ version: z.int(), token: z.string().max(1000).optional() });

/** Everything that must not be read as an order by another page's script: connect errors, by code. */
export const connectErrors = {
  version: 'This page is older than the server: it will reload itself.',
  token: 'This seat link is not valid. Join again with the class code.',
} as const;

export type ConnectErrorCode = keyof typeof connectErrors;
