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
}

export function forgetSeat(code: string): void {
  localStorage.removeItem(key(code));
}

/** The link that brings a seat to another device: the token is in the fragment, which is never sent to a server. */
export function seatLink(code: string): string | undefined {
  const token = seatToken(code);
  return token && `${location.origin}/class/${code}#seat=${encodeURIComponent(token)}`;
}

/** Takes over a seat that came with the address, and takes it out of the address. */
export function adoptSeat(code: string): void {
  const token = /^#seat=(.+)$/.exec(location.hash)?.[1];
  if (!token) return;
  keepSeat(code, decodeURIComponent(token));
  history.replaceState(null, '', location.pathname + location.search);
}
