import type { Time } from '../container';
import type { Stream } from './attachments';
import type { LogEntry } from './state';

/** A line longer than this is kept in parts, as json-file does. */
const partSize = 16 * 1024;

/**
 * Cuts a container's output into log entries: whole lines, each with the time when it was complete. What is left without a
 * newline becomes an entry when the container ends.
 */
export class LogWriter {
  readonly #rest: Record<Stream, string> = { stdout: '', stderr: '' };

  constructor(
    private readonly now: () => Time,
    private readonly write: (entries: readonly LogEntry[]) => void,
  ) {}

  add(stream: Stream, bytes: Uint8Array): void {
    let text = this.#rest[stream] + latin1(bytes);
    const entries: LogEntry[] = [];
    for (let end = lineEnd(text); end > 0; end = lineEnd(text)) {
      entries.push({ stream, time: this.now(), line: text.slice(0, end) });
      text = text.slice(end);
    }
    this.#rest[stream] = text;
    if (entries.length) this.write(entries);
  }

  flush(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      const line = this.#rest[stream];
      this.#rest[stream] = '';
      if (line) this.write([{ stream, time: this.now(), line }]);
    }
  }
}

/** How many characters make the first entry of the text; 0 when it is not complete. */
function lineEnd(text: string): number {
  const newline = text.indexOf('\n') + 1;
  if (newline > 0 && newline <= partSize) return newline;
  return text.length >= partSize ? partSize : 0;
}

export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

export function fromLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
