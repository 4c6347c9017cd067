import { type Copying, type Healthcheck, quote } from '../dockerfile';

/** What `docker history` shows of each instruction, letter for letter as BuildKit writes it. */

/** A list as Go's %q prints it: `["a" "b"]`. */
export function quotedList(words: readonly string[]): string {
  return `[${words.map(quote).join(' ')}]`;
}

/** A list as Go's %v prints it: `[a b]`. */
export function plainList(words: readonly string[]): string {
  return `[${words.join(' ')}]`;
}

/** A duration as Go prints it: `1m30s`, `1.5s`, `0s`. */
export function durationText(nanoseconds = 0): string {
  if (nanoseconds === 0) return '0s';
  if (nanoseconds < 1e9) return nanoseconds % 1e6 === 0 ? `${nanoseconds / 1e6}ms` : `${nanoseconds / 1e3}µs`;
  const hours = Math.floor(nanoseconds / 3600e9);
  const minutes = Math.floor((nanoseconds % 3600e9) / 60e9);
  const seconds = (nanoseconds % 60e9) / 1e9;
  return `${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${seconds}s`;
}

/** A number as Go's %q prints it: the character that has it. */
function quotedCharacter(code: number): string {
  const text = quote(String.fromCodePoint(code)).slice(1, -1);
  return `'${text === '\\"' ? '"' : text === "'" ? "\\'" : text}'`;
}

export function healthcheckText(check: Healthcheck): string {
  const { test, interval, timeout, startPeriod, startInterval, retries = 0 } = check;
  const times = [interval, timeout, startPeriod, startInterval].map((time) => quote(durationText(time)));
  return `HEALTHCHECK &{${quotedList(test)} ${times.join(' ')} ${quotedCharacter(retries)}}`;
}

/** With the variables of ARG before the words, as `|2 A=1 B=2`. */
export function runText(argv: readonly string[], args: readonly (readonly [string, string | undefined])[]): string {
  const given = args.length > 0 ? [`|${args.length}`, ...args.map(([key, value = '']) => `${key}=${value}`)] : [];
  return `RUN ${[...given, ...argv].join(' ')} # buildkit`;
}

export function copyText(keyword: 'COPY' | 'ADD', copying: Copying): string {
  const chown = copying.chown ? [`--chown=${copying.chown}`] : [];
  const chmod = copying.chmodText ? [`--chmod=${copying.chmodText}`] : [];
  const files = copying.files.map(({ name }) => `<<${name}`);
  return [keyword, ...chown, ...chmod, ...copying.sources, ...files, copying.destination, '# buildkit'].join(' ');
}
