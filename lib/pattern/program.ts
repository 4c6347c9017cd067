/** A regular expression as steps that the matchers take. */
import { type Characters, every, includes, newline, word } from './characters';
import { RegexFault } from './fault';
import { type Assertion, mayBeEmpty, type Node } from './node';

export type Step =
  | { readonly op: 'set'; readonly characters: Characters }
  /** Goes on at both; `first` is the one it would rather. */
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'jump'; to: number }
  /** Remembers where a group begins (2n) or ends (2n + 1). */
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'assert'; readonly is: Assertion }
  | { readonly op: 'reference'; readonly group: number }
  /** A turn of a loop begins; it goes round again only when the turn has met a character. */
  | { readonly op: 'turn'; readonly loop: number }
  | { readonly op: 'again'; readonly loop: number; readonly to: number }
  | { readonly op: 'match' };

export interface Program {
  readonly steps: readonly Step[];
  readonly groups: number;
  readonly loops: number;
  readonly references: boolean;
  readonly assertions: boolean;
}

const mostSteps = 12_000;

/** Throws a RegexFault when it would be too long. With `backwards` it meets the text from its end; groups are not kept. */
export function programOf(node: Node, groups: number, backwards = false): Program {
  const writer = new Writer(backwards);
  writer.write(node);
  writer.emit({ op: 'match' });
  const { steps, loops } = writer;
  const has = (op: Step['op']) => steps.some((step) => step.op === op);
  return { steps, groups, loops, references: has('reference'), assertions: has('assert') };
}

class Writer {
  readonly steps: Step[] = [];
  loops = 0;

  constructor(readonly backwards: boolean) {}

  emit<S extends Step>(step: S): S {
    if (this.steps.length >= mostSteps) throw new RegexFault('memory');
    this.steps.push(step);
    return step;
  }

  write(node: Node): void {
    switch (node.kind) {
      case 'set':
        this.emit({ op: 'set', characters: node.characters });
        return;
      case 'sequence':
        for (const part of this.backwards ? [...node.parts].reverse() : node.parts) this.write(part);
        return;
      case 'choice':
        this.#choice(node.ways);
        return;
      case 'repeat':
        this.#repeat(node.body, node.least, node.most, node.lazy);
        return;
      case 'group':
        if (!this.backwards) this.emit({ op: 'save', slot: 2 * node.number });
        this.write(node.body);
        if (!this.backwards) this.emit({ op: 'save', slot: 2 * node.number + 1 });
        return;
      case 'assertion':
        this.emit({ op: 'assert', is: node.is });
        return;
      case 'reference':
        this.emit({ op: 'reference', group: node.group });
    }
  }

  #choice(ways: readonly Node[]): void {
    const ends: { to: number }[] = [];
    for (const [at, way] of ways.entries()) {
      const split = at < ways.length - 1 ? this.#split(false) : undefined;
      this.write(way);
      if (split) {
        ends.push(this.emit({ op: 'jump', to: 0 }));
        split(this.steps.length);
      }
    }
    for (const end of ends) end.to = this.steps.length;
  }

  /** Goes on here, or where the function that is returned says. */
  #split(lazy: boolean): (elsewhere: number) => void {
    const here = this.steps.length + 1;
    const step = this.emit({ op: 'split', first: here, second: here });
    return (elsewhere) => {
      if (lazy) step.first = elsewhere;
      else step.second = elsewhere;
    };
  }

  #repeat(body: Node, least: number, most: number, lazy: boolean): void {
    for (let count = 0; count < least; count++) this.write(body);
    if (most === Number.POSITIVE_INFINITY) {
      this.#loop(body, lazy);
      return;
    }
    const outs: ((elsewhere: number) => void)[] = [];
    for (let count = least; count < most; count++) {
      outs.push(this.#split(lazy));
      this.write(body);
    }
    for (const out of outs) out(this.steps.length);
  }

  #loop(body: Node, lazy: boolean): void {
    const start = this.steps.length;
    const out = this.#split(lazy);
    if (mayBeEmpty(body)) {
      const loop = this.loops++;
      this.emit({ op: 'turn', loop });
      this.write(body);
      this.emit({ op: 'again', loop, to: start });
    } else {
      this.write(body);
      this.emit({ op: 'jump', to: start });
    }
    out(this.steps.length);
  }
}

/** What stands beside a place in a text. `cut`: the text goes on there, but is not looked at. */
export const beside = { other: 0, word: 1, newline: 2, edge: 3, cut: 4 } as const;

export function besideOf(code: number | undefined): number {
  if (code === undefined) return beside.edge;
  if (code === 10) return beside.newline;
  return includes(word, code) ? beside.word : beside.other;
}

export function holds(is: Assertion, before: number, after: number, lines: boolean): boolean {
  switch (is) {
    case 'lineStart':
      return before === beside.edge || (lines && before === beside.newline);
    case 'lineEnd':
      return after === beside.edge || (lines && after === beside.newline);
    case 'textStart':
      return before === beside.edge;
    case 'textEnd':
      return after === beside.edge;
    case 'boundary':
      return (before === beside.word) !== (after === beside.word);
    case 'noBoundary':
      return (before === beside.word) === (after === beside.word);
    case 'wordStart':
      return before !== beside.word && after === beside.word;
    case 'wordEnd':
      return before === beside.word && after !== beside.word;
    case 'noWordBefore':
      return before !== beside.word;
    case 'noWordAfter':
      return after !== beside.word;
  }
}

/** The kinds of characters that a program tells apart: each has a number. */
export class Alphabet {
  readonly #bounds: readonly number[];
  readonly #ascii: Uint16Array;

  constructor(program: Program) {
    const sets = program.steps.flatMap((step) => (step.op === 'set' ? [step.characters] : []));
    const all = program.assertions ? [...sets, word, newline] : sets;
    const bounds = new Set<number>([0]);
    for (const set of all) for (const [from, to] of set) bounds.add(from).add(to + 1);
    this.#bounds = [...bounds].filter((bound) => bound <= every[0]![1]).sort((a, b) => a - b);
    this.#ascii = Uint16Array.from({ length: 128 }, (_, code) => this.#search(code));
  }

  get size(): number {
    return this.#bounds.length;
  }

  numberOf(code: number): number {
    return code < 128 ? this.#ascii[code]! : this.#search(code);
  }

  /** One character of that number. */
  sample(number: number): number {
    return this.#bounds[number]!;
  }

  #search(code: number): number {
    let low = 0;
    let high = this.#bounds.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#bounds[middle]! <= code) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
