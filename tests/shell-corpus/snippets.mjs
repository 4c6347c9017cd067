/**
 * The corpus's snippets, as the recorder and the player both read them: `snippets/<theme>.txt`. A line is a snippet; one of
 * several lines stands between a line `{{{` and a line `}}}`.
 */
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('./snippets/', import.meta.url);

/** Programs and environment that a snippet finds: the same where it is recorded and where it is played. */
export const environment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  HOSTNAME: 'box',
};

/** The folder that a snippet begins in; it is empty. */
export const directory = '/w';

const dialects = ['busybox', 'gnu', 'dash'];

/** `{ theme, text }` each, in order. A theme `gnu-…` is for bash alone, `busybox-…` for ash alone. */
export function snippets(dialect) {
  const themes = readdirSync(folder)
    .filter(
      (name) => name.endsWith('.txt') && !dialects.some((other) => other !== dialect && name.startsWith(`${other}-`)),
    )
    .sort();
  return themes.flatMap((name) => split(readFileSync(new URL(name, folder), 'utf8'), name.slice(0, -4)));
}

function split(text, theme) {
  const found = [];
  let block;
  for (const line of text.split('\n')) {
    if (line === '{{{') block = [];
    else if (line === '}}}') {
      found.push({ theme, text: block.join('\n') });
      block = undefined;
    } else if (block) block.push(line);
    else if (line !== '') found.push({ theme, text: line });
  }
  return found;
}
