/** What awk's expressions are worth. */
import { FsError } from '../../fs';
import type { Regex } from '../../pattern';
import { callBuiltin } from './functions';
import type { State } from './state';
import { awaited, type Steps } from './steps';
import type { Binary, Comparison, Expression, Target, Variable } from './tree';
import { compare, read, truth, type Value } from './values';
import type { AwkArray, Slot } from './variables';

/** Something that can be assigned: its own subscripts are worked out once. */
export interface Place {
  readonly get: () => Value;
  readonly set: (value: Value) => void;
}

type Of<Kind extends Expression['kind']> = Extract<Expression, { readonly kind: Kind }>;

/** A string that has grown longer does not fit into memory. */
const longest = 1 << 26;
const mostElements = 2_000_000;

export class Evaluator {
  /** The variables of the function that runs. */
  frame: Slot[] = [];

  constructor(
    readonly state: State,
    readonly invoke: (call: Of<'call'>) => Steps<Value>,
  ) {}

  *value(of: Expression): Steps<Value> {
    switch (of.kind) {
      case 'constant':
        return of.value;
      case 'global':
      case 'local':
        return this.#held(this.slot(of), of.name);
      case 'field':
        return this.state.fields.get(yield* this.number(of.index), this.state.line);
      case 'element':
        return (yield* this.place(of)).get();
      case 'regex':
        return this.state.regex(of.pattern).test(this.state.fields.text) ? 1 : 0;
      case 'list':
        return yield* this.key(of.items);
      case 'assign':
        return yield* this.#assign(of);
      case 'choice':
        return yield* this.value((yield* this.truth(of.when)) ? of.then : of.otherwise);
      case 'both':
        return (yield* this.truth(of.left)) && (yield* this.truth(of.right)) ? 1 : 0;
      case 'either':
        return (yield* this.truth(of.left)) || (yield* this.truth(of.right)) ? 1 : 0;
      case 'join':
        return this.#joined(yield* this.text(of.left), yield* this.text(of.right));
      case 'calculate':
        return this.calculate(of.operator, yield* this.number(of.left), yield* this.number(of.right));
      case 'compare':
        return this.#compared(of.operator, yield* this.value(of.left), yield* this.value(of.right));
      case 'match':
        return (yield* this.#matches(of)) !== of.negated ? 1 : 0;
      case 'member':
        return this.array(of.array).has(yield* this.key(of.key)) ? 1 : 0;
      case 'not':
        return (yield* this.truth(of.of)) ? 0 : 1;
      case 'negative':
        return -(yield* this.number(of.of));
      case 'positive':
        return yield* this.number(of.of);
      case 'step':
        return yield* this.#step(of);
      case 'builtin':
        return yield* callBuiltin(this, of.name, of.args);
      case 'call':
        // Handed out, so that recursion is not JavaScript's.
        return (yield this.invoke(of)) as Value;
      case 'getline':
        return yield* this.#getline(of);
    }
  }

  *number(of: Expression): Steps<number> {
    return this.state.number(yield* this.value(of));
  }

  *text(of: Expression): Steps<string> {
    return this.state.text(yield* this.value(of));
  }

  *truth(of: Expression): Steps<boolean> {
    return truth(yield* this.value(of));
  }

  slot(of: Variable): Slot {
    return of.kind === 'global' ? of.slot : this.frame[of.index]!;
  }

  array(of: Variable): AwkArray {
    return this.slot(of).array(of.name, this.state.line);
  }

  *key(items: readonly Expression[]): Steps<string> {
    let key = yield* this.text(items[0]!);
    for (const item of items.slice(1)) key += this.state.text(this.state.special('SUBSEP')) + (yield* this.text(item));
    return key;
  }

  *place(of: Target): Steps<Place> {
    if (of.kind === 'field') {
      const index = yield* this.number(of.index);
      return {
        get: () => this.state.fields.get(index, this.state.line),
        set: (value) => this.setField(index, value),
      };
    }
    if (of.kind !== 'element') {
      const slot = this.slot(of);
      return { get: () => this.#held(slot, of.name), set: (value) => this.#set(slot, of.name, value) };
    }
    const key = yield* this.key(of.key);
    const array = this.array(of.array);
    if (!array.has(key)) {
      if (array.size >= mostElements) throw new FsError('ENOMEM');
      array.set(key, undefined);
    }
    return { get: () => array.get(key), set: (value) => void array.set(key, value) };
  }

  #held(slot: Slot, name: string): Value {
    if (this.state.gnu && slot.held instanceof Map) throw this.state.fault('scalar', name);
    return slot.value();
  }

  #set(slot: Slot, name: string, value: Value): void {
    if (this.state.gnu && slot.held instanceof Map) throw this.state.fault('scalar', name);
    slot.assign(value);
  }

  setField(index: number, value: Value): void {
    if (index === 0) this.state.record(this.state.text(value));
    else this.state.fields.set(index, value, this.state.line);
  }

  *#assign({ target, operator, value }: Of<'assign'>): Steps<Value> {
    const place = yield* this.place(target);
    const right = yield* this.value(value);
    const result = operator
      ? this.calculate(operator, this.state.number(place.get()), this.state.number(right))
      : right;
    place.set(result);
    return result;
  }

  *#step({ target, by, before }: Of<'step'>): Steps<Value> {
    const place = yield* this.place(target);
    const old = this.state.number(place.get());
    place.set(old + by);
    return before ? old + by : old;
  }

  #joined(left: string, right: string): string {
    if (left.length + right.length > longest) throw new FsError('ENOMEM');
    return left + right;
  }

  calculate(operator: Binary, left: number, right: number): number {
    switch (operator) {
      case '+':
        return left + right;
      case '-':
        return left - right;
      case '*':
        return left * right;
      case '/':
        if (right === 0 && !this.state.gnu) throw this.state.fault('division');
        return left / right;
      case '%':
        if (right === 0 && !this.state.gnu) throw this.state.fault('division');
        return left % right;
      case '^':
        return left ** right;
    }
  }

  #compared(operator: Comparison, left: Value, right: Value): number {
    const order = compare(left, right, (value) => this.state.text(value));
    switch (operator) {
      case '<':
        return order < 0 ? 1 : 0;
      case '<=':
        return order <= 0 ? 1 : 0;
      case '==':
        return order === 0 ? 1 : 0;
      case '!=':
        return order !== 0 ? 1 : 0;
      case '>':
        return order > 0 ? 1 : 0;
      case '>=':
        return order >= 0 ? 1 : 0;
    }
  }

  /** A regular expression as it is written, or as a value says. */
  *regex(of: Expression): Steps<Regex> {
    return of.kind === 'regex' ? this.state.regex(of.pattern) : this.state.dynamic(yield* this.text(of));
  }

  *#matches({ left, right }: Of<'match'>): Steps<boolean> {
    const text = yield* this.text(left);
    return (yield* this.regex(right)).test(text);
  }

  *#getline({ from, source, into }: Of<'getline'>): Steps<Value> {
    const got = from === 'input' ? gotten(yield* this.state.next()) : yield* this.#foreign(from, source!);
    if (got === 'none') return -1;
    if (got === 'end') return 0;
    if (from === 'command') this.state.count('NR');
    if (into) (yield* this.place(into)).set(read(got.text));
    else this.state.record(got.text);
    return 1;
  }

  *#foreign(from: 'file' | 'command', source: Expression): Steps<Got> {
    const records = yield* awaited(this.state.streams.input(from, yield* this.text(source)));
    return records ? gotten(yield* records.next(this.state.recordEnd())) : 'none';
  }
}

/** A record, the end of what can be read, or nothing that could be. */
type Got = { readonly text: string } | 'end' | 'none';

const gotten = (text: string | undefined): Got => (text === undefined ? 'end' : { text });
