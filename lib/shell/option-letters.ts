/** `set -o` names by their letters, and `$-`. */
import type { Dialect } from './dialect';

export const optionNames: Readonly<Record<string, string>> = {
  e: 'errexit',
  f: 'noglob',
  I: 'ignoreeof',
  i: 'interactive',
  m: 'monitor',
  n: 'noexec',
  s: 'stdin',
  x: 'xtrace',
  v: 'verbose',
  C: 'noclobber',
  a: 'allexport',
  b: 'notify',
  u: 'nounset',
  E: 'errtrace',
  V: 'vi',
  p: 'pipefail',
  c: 'command',
  l: 'login',
  h: 'hashall',
  B: 'braceexpand',
};

/** The letters that are set, in the order of each shell. */
export function flagsOf(options: ReadonlySet<string>, dialect: Dialect): string {
  const order = dialect !== 'gnu' ? 'cefIimnsxvCabuEV' : 'abefhimnuvxBCEHcs';
  const shown = [...order].filter((letter) => options.has(letter)).join('');
  return dialect === 'dash' ? shown.replace('c', '') : shown;
}
