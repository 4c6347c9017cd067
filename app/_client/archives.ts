import type { ArchivedImage, Refusal, Taken, TakeRequest } from '../../lib/protocol';
import { ownRefusal, type Wire } from './wire';

type Answered<T> = ({ readonly ok: true } & T) | Refusal;

const address = (code: string, rest = '') => `/api/class/${code}/archive${rest}`;

/**
 * Sends an archive to the class's server, as the host who is signed in. `progress` tells how many bytes have left. Undefined:
 * it was given up by `signal`.
 */
export function uploadArchive(
  code: string,
  file: File,
  wire: Wire,
  { progress, signal }: { readonly progress: (sent: number) => void; readonly signal: AbortSignal },
): Promise<Answered<{ readonly images: readonly ArchivedImage[] }> | undefined> {
  return new Promise((resolve) => {
    // fetch tells nothing of how far it is.
    const request = new XMLHttpRequest();
    request.open('POST', address(code));
    request.responseType = 'json';
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded }) => progress(loaded);
    request.onload = () => resolve(wire.worded(isAnswer(request.response) ? request.response : silence));
    request.onerror = () => resolve(wire.worded(silence));
    request.onabort = () => resolve(undefined);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

export function publishArchived(
  code: string,
  imageId: string,
  reference: string,
  wire: Wire,
): Promise<Answered<object>> {
  return post<object>(address(code, '/publish'), { imageId, reference }, wire);
}

/** Asks for a link to an image or a container, with the right of this page. */
export function askToTake(code: string, what: TakeRequest, wire: Wire): Promise<Answered<Taken>> {
  return post<Taken>(address(code, '/link'), what, wire);
}

/** A blob that is too long for the socket. Undefined: it cannot be had just now. */
export async function fetchBlob(code: string, digest: string, wire: Wire): Promise<Uint8Array | undefined> {
  try {
    const response = await fetch(address(code, `/blob?digest=${digest}`), { headers: bearer(wire) });
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}

/** Lets the browser fetch a file to keep. */
export function download(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  link.click();
}

async function post<T extends object>(href: string, body: object, wire: Wire): Promise<Answered<T>> {
  try {
    const headers = { 'Content-Type': 'application/json', ...bearer(wire) };
    const answer: unknown = await (await fetch(href, { method: 'POST', headers, body: JSON.stringify(body) })).json();
    return wire.worded(isAnswer(answer) ? (answer as Answered<T>) : silence);
  } catch {
    return wire.worded(silence);
  }
}

/** As the seat or the link of this page; a host is known by the session. */
const bearer = ({ token }: Wire): Record<string, string> => (token ? { Authorization: `Bearer ${token}` } : {});

const isAnswer = (answer: unknown) => typeof (answer as { ok?: unknown } | null)?.ok === 'boolean';

const silence = ownRefusal('server.silent');
