import { newKey } from './keep';

/** The seats that this browser holds: resume tokens by class code. A token opens the same seat from anywhere. */
const key = (code: string) => `dockerland:seat:${code}`;

export function seatToken(code: string): string | undefined {
  try {
    return localStorage.getItem(key(code)) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keepSeat(code: string, token: string): void {
  localStorage.setItem(key(code), token);
  forgetAsk(code);
}

const asked = (code: string) => `dockerland:asked:${code}`;

/**
 * The key with which this browser asks for a seat, until it has one: an answer that is lost, a reload and another tab all lead
 * to the same seat.
 */
export function seatAsk(code: string): string {
  const made = newKey() + newKey();
  try {
    const key = localStorage.getItem(asked(code)) ?? made;
    localStorage.setItem(asked(code), key);
    return key;
  } catch {
    return made;
  }
}

/** That seat is gone: the next time another one is asked for. */
export function forgetAsk(code: string): void {
  try {
    localStorage.removeItem(asked(code));
  } catch {
    // Nothing was kept.
  }
}

export function forgetSeat(code: string): void {
  localStorage.removeItem(key(code));
}

/** The link that brings a seat to another device: the token is in the fragment, which is never sent to a server. */
export function seatLink(code: string): string | undefined {
  const token = seatToken(code);
  return token && `${location.origin}/class/${code}#seat=${encodeURIComponent(token)}`;
}

/** The token of a link for somebody else (to look on, to teach too): kept by this tab alone. */
function linkToken(code: string): string | undefined {
  return sessionStorage.getItem(`dockerland:link:${code}`) ?? undefined;
}

/** Whether this tab came by such a link. */
export function cameByLink(code: string): boolean {
  return linkToken(code) !== undefined;
}

/** What this page shows to be let in: on a desk one's seat first, on the class's screens a link that came with the tab. */
export function tokenFor(code: string, as: 'host' | 'any'): string | undefined {
  return as === 'host' ? (linkToken(code) ?? seatToken(code)) : (seatToken(code) ?? linkToken(code));
}

/** Takes over a seat or a link that came with the address, and takes it out of the address. */
export function adoptLink(code: string): void {
  const [, kind, text] = /^#(seat|link)=(.+)$/.exec(location.hash) ?? [];
  if (!kind || !text) return;
  const token = decodeURIComponent(text);
  if (kind === 'seat') keepSeat(code, token);
  else sessionStorage.setItem(`dockerland:link:${code}`, token);
  history.replaceState(null, '', location.pathname + location.search);
}
