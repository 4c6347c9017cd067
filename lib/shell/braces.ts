/** `{a,b}` and `{1..9}`, bash's: one word becomes several, before anything else. */
import { Fault } from './flow';
import type { Part, Word } from './syntax';

/** An unquoted character, or a part that braces do not look into. */
type Unit = string | Part;

const mostWords = 100_000;

export function braces(word: Word): Word[] {
  if (!word.parts.some((part) => part.kind === 'text' && !part.quoted && part.text.includes('{'))) return [word];
  const units = word.parts.flatMap((part): Unit[] => (part.kind === 'text' && !part.quoted ? [...part.text] : [part]));
  return expand(units).map(toWord);
}

function toWord(units: readonly Unit[]): Word {
  const parts: Part[] = [];
  let text = '';
  const flush = () => {
    if (text) parts.push({ kind: 'text', text, quoted: false });
    text = '';
  };
  for (const unit of units) {
    if (typeof unit === 'string') text += unit;
    else {
      flush();
      parts.push(unit);
    }
  }
  flush();
  return { parts };
}

function expand(units: readonly Unit[]): Unit[][] {
  for (let start = 0; start < units.length; start++) {
    if (units[start] !== '{') continue;
    const end = closing(units, start);
    if (end < 0) continue;
    const choices = choicesOf(units.slice(start + 1, end));
    if (!choices) continue;
    const before = units.slice(0, start);
    const after = expand(units.slice(end + 1));
    if (choices.length * after.length > mostWords) throw new Fault('out of memory', 1);
    return choices.flatMap((choice) => after.map((rest) => [...before, ...choice, ...rest]));
  }
  return [[...units]];
}

function closing(units: readonly Unit[], start: number): number {
  let open = 0;
  for (let at = start; at < units.length; at++) {
    if (units[at] === '{') open++;
    else if (units[at] === '}' && --open === 0) return at;
  }
  return -1;
}

function choicesOf(inside: readonly Unit[]): Unit[][] | undefined {
  const range = rangeOf(inside);
  if (range) return range.map((text) => [...text]);
  const pieces: Unit[][] = [[]];
  let open = 0;
  for (const unit of inside) {
    if (unit === '{') open++;
    if (unit === '}') open--;
    if (unit === ',' && open === 0) pieces.push([]);
    else pieces.at(-1)!.push(unit);
  }
  return pieces.length > 1 ? pieces.flatMap(expand) : undefined;
}

function rangeOf(inside: readonly Unit[]): string[] | undefined {
  if (inside.some((unit) => typeof unit !== 'string')) return undefined;
  const match = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/.exec(inside.join(''));
  if (!match) return undefined;
  const [, first = '', last = '', by] = match;
  const numeric = /\d/.test(first);
  if (numeric !== /\d/.test(last)) return undefined;
  const [from, to] = numeric ? [Number(first), Number(last)] : [first.charCodeAt(0), last.charCodeAt(0)];
  const step = Math.max(1, Math.abs(Number(by ?? 1))) * (from <= to ? 1 : -1);
  const width =
    numeric && /^-?0\d/.test(`${first} ${last}`.replace(/^-?0\d/, '$&')) ? Math.max(first.length, last.length) : 0;
  const out: string[] = [];
  for (let at = from; step > 0 ? at <= to : at >= to; at += step) {
    out.push(numeric ? String(at).padStart(width, '0') : String.fromCharCode(at));
    if (out.length >= mostWords) break;
  }
  return out;
}
