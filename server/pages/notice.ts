import type { IncomingMessage, ServerResponse } from 'node:http';
import { type FailureCode, inWords } from '../../lib/errors';
import { chooseLanguage, type Language, refusalWords } from '../../lib/words';
import { parseCookies } from '../auth';
import { refusal } from '../gateway';

const statuses: Partial<Record<FailureCode, number>> = {
  forbidden: 403,
  'not-found': 404,
  invalid: 400,
  exhausted: 429,
  unavailable: 502,
};

/** The language of whoever asks: what they chose on our screens, else their browser's. */
export function languageOf({ headers }: IncomingMessage): Language {
  return chooseLanguage(parseCookies(headers.cookie ?? '').language, headers['accept-language']);
}

/** A page of ours in the place of one that cannot be shown: a sentence, and nothing else. */
export function notice(response: ServerResponse, error: unknown, language: Language): void {
  const said = refusal(error, 'a page');
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.writeHead(statuses[said.code] ?? 500);
  response.end(`<!doctype html><html lang="${language}"><meta charset="utf-8"><title>No page</title>
<body style="margin:0;display:grid;min-height:100vh;place-items:center;font:15px/1.5 system-ui,sans-serif;background:#fff;color:#444">
<p style="max-width:34em;padding:1em;text-align:center">${escaped(inWords(refusalWords[language], said))}</p>`);
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
