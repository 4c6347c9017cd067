/**
 * Follows all ways through a program at once. Sets of steps that it has been in are kept and not worked out again, so that a
 * character costs one look most of the time, and never more than the program is long.
 */
import { includes } from './characters';
import type { Effort } from './effort';
import { Alphabet, beside, besideOf, holds, type Program } from './program';

interface State {
  /** Steps that may come next, before what needs no character has been followed. */
  readonly steps: readonly number[];
  /** What stands on the side that it comes from. */
  readonly side: number;
  /** By the next character's number: twice the next state's, plus one when a match ends before that character. -1: unknown. */
  readonly next: Int32Array;
}

export interface AutomatonOptions {
  /** It goes from the end of the text to its start. */
  readonly backwards: boolean;
  /** A match may begin anywhere, not only where it is started. */
  readonly anywhere: boolean;
  readonly lines: boolean;
}

const mostStates = 2000;
const mostKept = 200_000;
const dead = 0;

export class Automaton {
  readonly #alphabet: Alphabet;
  #states: State[] = [];
  #known = new Map<string, number>();
  #kept = 0;
  readonly #marks: Uint32Array;
  #mark = 0;

  constructor(
    readonly program: Program,
    readonly options: AutomatonOptions,
  ) {
    this.#alphabet = new Alphabet(program);
    this.#marks = new Uint32Array(program.steps.length);
    this.#forget();
  }

  #forget(): void {
    this.#states = [];
    this.#known = new Map();
    this.#kept = 0;
    this.#intern([], beside.other);
  }

  #intern(steps: readonly number[], side: number): number {
    if (steps.length === 0 && !this.options.anywhere && this.#states.length > 0) return dead;
    const key = `${side}:${steps.join()}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    // The end of a text is a character of its own.
    this.#states.push({ steps, side, next: new Int32Array(this.#alphabet.size + 1).fill(-1) });
    this.#kept += steps.length + this.#alphabet.size;
    this.#known.set(key, this.#states.length - 1);
    return this.#states.length - 1;
  }

  #start(side: number): number {
    const { anywhere } = this.options;
    return this.#intern(anywhere ? [] : [0], this.program.assertions ? side : beside.other);
  }

  /**
   * Goes through the text from `from`, forwards or backwards, and calls `found` at each place where a match ends, until it
   * answers true. `side`: what stands on the other side of `from`.
   */
  run(text: string, from: number, side: number, effort: Effort, found: (at: number) => boolean): void {
    const { backwards, anywhere } = this.options;
    let state = this.#start(side);
    let at = from;
    let unpaid = 0;
    for (;;) {
      if (state === dead && !anywhere) return;
      const code = backwards ? before(text, at) : text.codePointAt(at);
      const symbol = code === undefined ? this.#alphabet.size : this.#alphabet.numberOf(code);
      let edge = this.#states[state]!.next[symbol]!;
      if (edge < 0) {
        if (this.#states.length > mostStates || this.#kept > mostKept) state = this.#renew(state);
        edge = this.#work(state, symbol, effort);
      }
      if (edge & 1 && found(at)) return;
      if (code === undefined) return;
      state = edge >> 1;
      const width = code > 0xffff ? 2 : 1;
      at += backwards ? -width : width;
      if (++unpaid === 4096) {
        effort.spend(unpaid);
        unpaid = 0;
      }
    }
  }

  /** Forgets all states but one. */
  #renew(state: number): number {
    const { steps, side } = this.#states[state]!;
    this.#forget();
    return this.#intern(steps, side);
  }

  /** Works out where a state goes with a character. */
  #work(number: number, symbol: number, effort: Effort): number {
    const state = this.#states[number]!;
    const code = symbol === this.#alphabet.size ? undefined : this.#alphabet.sample(symbol);
    const other = besideOf(code);
    const { reached, matched } = this.#follow(state, other);
    effort.spend(20 + reached.length * 4);
    const next: number[] = [];
    if (code !== undefined)
      for (const at of reached) {
        const step = this.program.steps[at]!;
        if (step.op === 'reference') next.push(at);
        else if (step.op === 'set' && includes(step.characters, code)) next.push(at + 1);
      }
    const to = this.#intern(this.#unique(next), this.program.assertions ? other : beside.other);
    const edge = (to << 1) | (matched ? 1 : 0);
    state.next[symbol] = edge;
    return edge;
  }

  #unique(steps: readonly number[]): number[] {
    return [...new Set(steps)].sort((a, b) => a - b);
  }

  /** The steps that wait for a character, when what needs none has been followed. */
  #follow(state: State, other: number): { reached: number[]; matched: boolean } {
    const { backwards, anywhere, lines } = this.options;
    const [left, right] = backwards ? [other, state.side] : [state.side, other];
    const mark = ++this.#mark;
    const reached: number[] = [];
    let matched = false;
    const todo = anywhere ? [...state.steps, 0] : [...state.steps];
    for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
      if (this.#marks[at] === mark) continue;
      this.#marks[at] = mark;
      const step = this.program.steps[at]!;
      switch (step.op) {
        case 'set':
          reached.push(at);
          break;
        case 'reference':
          // It may stand for any text, as far as this matcher is concerned.
          reached.push(at);
          todo.push(at + 1);
          break;
        case 'split':
          todo.push(step.first, step.second);
          break;
        case 'jump':
          todo.push(step.to);
          break;
        case 'again':
          todo.push(step.to, at + 1);
          break;
        case 'assert':
          if (holds(step.is, left, right, lines)) todo.push(at + 1);
          break;
        case 'save':
        case 'turn':
          todo.push(at + 1);
          break;
        case 'match':
          matched = true;
      }
    }
    return { reached, matched };
  }
}

function before(text: string, at: number): number | undefined {
  if (at === 0) return undefined;
  const code = text.charCodeAt(at - 1);
  if (code >= 0xdc00 && code <= 0xdfff && at > 1) {
    const pair = text.codePointAt(at - 2)!;
    if (pair > 0xffff) return pair;
  }
  return code;
}
