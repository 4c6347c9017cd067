import type { IDecoration, IMarker, Terminal } from '@xterm/xterm';

interface Paint {
  readonly ink: string;
  readonly wash: string;
}

export interface PromptColours {
  readonly host: Paint;
  readonly container: Paint;
}

type Kind = keyof PromptColours;

/** `ana@laptop:~$ ` is the host's shell; `/app # ` and `root@4be1c09a77d2:/# ` are a container's. */
const host = /^[\w.-]+@[\w.-]+:[^$#]*\$ /;
const container = /^(?:[\w.-]+@[0-9a-f]{12}:[^#$]*[#$] |(?:\/|~)\S* [#$] )/;

/** Tints prompts, so that a reader sees at a glance which lines were typed where. Only paint: nothing is decided by it. */
export class Prompts {
  readonly #seen = new Map<IMarker, { kind: Kind; width: number; decoration?: IDecoration }>();

  constructor(
    readonly term: Terminal,
    readonly colours: () => PromptColours,
  ) {}

  /** Looks at the lines from the last tinted one to the cursor. */
  mark(): void {
    const buffer = this.term.buffer.active;
    if (buffer.type === 'alternate') return;
    const cursor = buffer.baseY + buffer.cursorY;
    const tinted = new Set([...this.#seen.keys()].filter((marker) => !marker.isDisposed).map((marker) => marker.line));
    for (let y = Math.max(0, cursor - 60); y <= cursor; y++) {
      const text = tinted.has(y) ? '' : (buffer.getLine(y)?.translateToString(true, 0, 120) ?? '');
      const kind = kindOf(`${text} `);
      if (kind) this.#tint(y - cursor, kind.kind, kind.width);
    }
  }

  /** The screen was wiped: its lines will be written again. */
  forget(): void {
    for (const { decoration } of this.#seen.values()) decoration?.dispose();
    for (const marker of [...this.#seen.keys()]) marker.dispose();
    this.#seen.clear();
  }

  repaint(): void {
    for (const [marker, { kind, width, decoration }] of this.#seen) {
      decoration?.dispose();
      if (!marker.isDisposed) this.#paint(marker, kind, width);
      else this.#seen.delete(marker);
    }
  }

  #tint(offset: number, kind: Kind, width: number): void {
    const marker = this.term.registerMarker(offset);
    if (!marker) return;
    marker.onDispose(() => this.#seen.delete(marker));
    this.#paint(marker, kind, width);
  }

  #paint(marker: IMarker, kind: Kind, width: number): void {
    const { ink, wash } = this.colours()[kind];
    const decoration = this.term.registerDecoration({
      marker,
      x: 0,
      width,
      backgroundColor: wash,
      foregroundColor: ink,
      layer: 'bottom',
    });
    this.#seen.set(marker, { kind, width, ...(decoration && { decoration }) });
  }
}

export function kindOf(line: string): { readonly kind: Kind; readonly width: number } | undefined {
  const inside = container.exec(line);
  if (inside) return { kind: 'container', width: inside[0].trimEnd().length };
  const outside = host.exec(line);
  return outside ? { kind: 'host', width: outside[0].trimEnd().length } : undefined;
}
