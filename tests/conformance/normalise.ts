/**
 * Makes two answers comparable: what must differ between two computers (ids, times, pids) is given a name, nothing else is
 * touched. The same id gets the same name within one scenario, so that who refers to what is still compared.
 */
export class Normaliser {
  readonly #ids = new Map<string, string>();

  text(text: string, step: string): string {
    let result = text.replaceAll('/var/lib/truth', '/var/lib/docker').replace(/28\.5\.2\+dfsg4|28\.2\.2/g, '28.5.2');
    result = this.#names(this.#hexes(result));
    result = ages(times(result));
    result = result
      .replace(/\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/g, '<mac>')
      .replace(/("Pid": ?)[1-9]\d*/g, '$1<pid>')
      .replace(/\b(3[23]\d{3}|4\d{4}|5\d{4}|60\d{3})(?=->|\b)/g, '<port>');
    if (/docker (container )?diff\b/.test(step) && !step.includes('|')) result = sortedLines(result);
    if (/docker (container )?top\b/.test(step)) result = result.replace(/\d+/g, '<n>');
    if (/docker (image )?(build|buildx)\b/.test(step)) result = progress(result);
    return result === text ? result : squeezed(result);
  }

  #hexes(text: string): string {
    return text
      .replace(/\b[0-9a-f]{64}\b/g, (hex) => `<id ${this.#name(hex)}>`)
      .replace(/\b[0-9a-f]{12}\b/g, (hex) => `<short ${this.#name(hex)}>`);
  }

  #name(hex: string): string {
    const short = hex.slice(0, 12);
    if (!this.#ids.has(short)) this.#ids.set(short, String(this.#ids.size + 1));
    return this.#ids.get(short)!;
  }

  /** Generated names of containers. */
  #names(text: string): string {
    return text.replace(/\b[a-z]{3,}_[a-z]{3,}\d?\b/g, (name) =>
      scientists.has(name.split('_')[1]!.replace(/\d$/, '')) ? '<name>' : name,
    );
  }
}

import { surnames } from '../../lib/engine/names';

const scientists = new Set(surnames);

function times(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g, (time) =>
      time.startsWith('0001') ? time : '<time>',
    )
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)? [+-]\d{4} UTC/g, (time) =>
      time.startsWith('0001') ? time : '<time>',
    );
}

const age =
  '(?:Less than a second|1 second|\\d+ seconds|About a minute|\\d+ minutes|About an hour|\\d+ hours|\\d+ days|\\d+ weeks|\\d+ months|\\d+ years)';

function ages(text: string): string {
  return text.replace(new RegExp(`${age} ago`, 'g'), '<age> ago').replace(new RegExp(`Up ${age}`, 'g'), 'Up <age>');
}

function sortedLines(text: string): string {
  const lines = text.split('\n');
  const end = lines.at(-1) === '' ? [lines.pop()!] : [];
  return [...lines.sort(), ...end].join('\n');
}

/** Columns are as wide as what stood in them: when that was given a name, widths say nothing any more. */
function squeezed(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/(\S) {2,}/g, '$1  ').replace(/ +$/, ''))
    .join('\n');
}

/** BuildKit's progress: how long a step took is not compared. */
function progress(text: string): string {
  return text
    .replace(/^(#\d+) \d+\.\d+ /gm, '$1 <t> ')
    .replace(/^(#\d+ DONE) \d+\.\d+s$/gm, '$1 <t>')
    .replace(/ \d+\.\d+s (done)?$/gm, ' <t> $1')
    .replace(/(done|ERROR|CACHED) \d+\.\d+s/g, '$1 <t>')
    .replace(/of ref [\w<> -]+::\w+/g, 'of ref <ref>')
    .replace(/^\d+\.\d{3} /gm, '<t> ')
    .replace(/(exporting layers) <t> /g, '$1 ')
    .replace(/^#\d+ writing image sha256:<id \d+>$\n/gm, '')
    .replace(/transferring (context|dockerfile): [\d.]+k?B( <t>)?( done)?/g, 'transferring $1: <size>');
}
