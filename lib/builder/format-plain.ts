import type { Warning } from '../dockerfile';
import type { BuildEvent, BuildFailureFacts } from './events';
import { excerpt } from './excerpt';

/**
 * BuildKit's plain progress (`--progress=plain`, and what a build prints without a terminal): events in, text for stderr
 * out. Each vertex is a block of `#N` lines; a failed one is told again at the end with its last output.
 */
export class PlainProgress {
  readonly #names = new Map<number, string>();
  readonly #output = new Map<number, string[]>();
  readonly #partial = new Map<number, { text: string; time: number }>();
  readonly #warnings: Warning[] = [];
  #failed: number | undefined;

  /** The first line. */
  header(): string {
    return '#0 building with "default" instance using docker driver\n';
  }

  /** The text of one event; often none. */
  take(event: BuildEvent): string {
    switch (event.type) {
      case 'vertex-started':
        this.#names.set(event.vertex, event.name);
        return `\n#${event.vertex} ${event.name}\n`;
      case 'vertex-status':
        return `#${event.vertex} ${event.text} ${event.time >= 10 ? `${seconds(event.time)} ` : ''}done\n`;
      case 'vertex-output':
        return this.#log(event.vertex, event.text, event.time);
      case 'warning-found':
        this.#warnings.push(event.warning);
        return `#${event.vertex} WARN: ${warningLine(event.warning)}\n`;
      case 'vertex-cached':
        return `#${event.vertex} CACHED\n`;
      case 'vertex-done':
        return `${this.#rest(event.vertex)}#${event.vertex} DONE ${seconds(event.time)}\n`;
      case 'vertex-canceled':
        return `${this.#rest(event.vertex)}#${event.vertex} CANCELED\n`;
      case 'vertex-failed':
        this.#failed = event.vertex;
        return `${this.#rest(event.vertex)}#${event.vertex} ERROR: ${event.message}\n`;
      case 'build-failed':
        return this.#failure(event.failure);
      case 'image-built':
        return this.#warningSummary();
    }
  }

  #log(vertex: number, text: string, time: number): string {
    const before = this.#partial.get(vertex) ?? { text: '', time };
    const lines = (before.text + text).split('\n');
    const rest = lines.pop()!;
    this.#partial.set(vertex, { text: rest, time: rest === text ? time : before.text === '' ? time : before.time });
    return lines.map((line) => this.#line(vertex, line, time)).join('');
  }

  #line(vertex: number, line: string, time: number): string {
    const text = `${(time / 1000).toFixed(3)} ${line.replace(/\r$/, '')}`;
    const kept = this.#output.get(vertex) ?? [];
    this.#output.set(vertex, [...kept.slice(-9), text]);
    return `#${vertex} ${text}\n`;
  }

  /** Output that did not end its line. */
  #rest(vertex: number): string {
    const partial = this.#partial.get(vertex);
    this.#partial.delete(vertex);
    return partial?.text ? this.#line(vertex, partial.text, partial.time) : '';
  }

  #failure(failure: BuildFailureFacts): string {
    const vertex = this.#failed;
    const lines = vertex === undefined ? [] : (this.#output.get(vertex) ?? []);
    const rule = '------';
    const again = vertex === undefined ? '' : [rule, ` > ${this.#names.get(vertex)}:`, ...lines, rule, ''].join('\n');
    return again + this.#warningSummary() + failureText(failure);
  }

  #warningSummary(): string {
    return warningSummary(this.#warnings);
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)}s`;
}

function warningLine({ rule, message, line }: Warning): string {
  return `${rule}: ${message} (line ${line})`;
}

/** What stands below a build that had warnings. */
export function warningSummary(warnings: readonly Warning[]): string {
  if (warnings.length === 0) return '';
  const what = warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`;
  const lines = warnings.map((warning) => ` - ${warningLine(warning)}\n`);
  return `\n \u001b[33m${what} found (use docker --debug to expand):\n\u001b[0m${lines.join('')}`;
}

/** The last words of a failed build: the lines of the Dockerfile and the error. */
export function failureText({ message, range, dockerfile, dockerfileName }: BuildFailureFacts): string {
  return `${excerpt(dockerfileName, dockerfile, range)}ERROR: failed to build: failed to solve: ${message}\n`;
}
