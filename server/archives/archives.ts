import type { IncomingMessage, ServerResponse } from 'node:http';
import { refused } from '../../lib/errors';
import { ownOrigin, signedText } from '../auth';
import { answerFailure, answerJson } from './answer';
import { makeLinks } from './links';
import { publishArchive } from './publish';
import { send, sendBlob } from './send';
import { take, wanted } from './take';
import { receive } from './upload';
import type { ArchivesOptions, Work } from './work';

type Route = (request: IncomingMessage, response: ServerResponse, code: string, work: Work) => Promise<void>;

/** Method and what comes after `/api/class/CODE/archive`. */
const routes: Readonly<Record<string, Route>> = {
  'POST ': receive,
  'POST /publish': publishArchive,
  'POST /link': async (request, response, code, work) => answerJson(response, await take(request, code, work)),
  'GET /blob': sendBlob,
  'GET ': async (request, response, code, work) => send(await wanted(request, code, work), response, work),
};

const address = /^\/api\/class\/([A-Za-z0-9-]{1,20})\/archive(\/[a-z]+)?$/;

/** Answers what is asked of archives; false for every other request. */
export function openArchives(
  options: ArchivesOptions,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const work: Work = {
    ...options,
    links: makeLinks(signedText(options.secret, 'archive link'), Date.now),
    uploads: new Set(),
    packs: new Map(),
  };
  return (request, response) => {
    const [, code, rest = ''] = address.exec((request.url ?? '').split('?')[0]!) ?? [];
    if (code === undefined) return false;
    void serve(request, response, code, routes[`${request.method} ${rest}`], work);
    return true;
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  code: string,
  route: Route | undefined,
  work: Work,
): Promise<void> {
  response.setHeader('Cache-Control', 'no-store');
  try {
    if (!route) throw refused('address.none');
    // A page of another site could send a host's cookie along.
    if (request.method !== 'GET' && !ownOrigin(request.headers)) throw refused('right.none');
    await route(request, response, code, work);
  } catch (error) {
    answerFailure(request, response, error);
  }
}
