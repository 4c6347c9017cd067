/** Runs an awk program: its rules over the records, its statements one after another. */
import { Evaluator } from './evaluate';
import { formatted } from './functions';
import { nameOf, type State } from './state';
import { awaited, type Steps } from './steps';
import type { Expression, Pattern, Program, Redirection, Rule, Statement } from './tree';
import type { Value } from './values';
import { keysOf, Slot } from './variables';

/** Where a statement leads, when not to the next one. */
type Way = 'break' | 'continue' | 'return' | undefined;

type Of<Kind extends Statement['kind']> = Extract<Statement, { readonly kind: Kind }>;

/** `next`, `nextfile` and `exit` leave whatever they are in. */
class Leave extends Error {
  override readonly name = 'Leave';
  constructor(readonly to: 'next' | 'nextfile' | 'exit') {
    super(to);
  }
}

const leaves = { next: new Leave('next'), nextfile: new Leave('nextfile'), exit: new Leave('exit') };

/** Where the real ones end: busybox with an error, mawk for want of a stack. */
const deepest = { busybox: 4000, gnu: 20_000 };
const statementsAtOnce = 64;

export class Execution {
  exitCode = 0;
  readonly #at: Evaluator;
  readonly #inRange = new Set<Rule>();
  #returned: Value;
  #depth = 0;
  #statements = 0;

  constructor(
    readonly state: State,
    readonly program: Program,
  ) {
    this.#at = new Evaluator(state, (call) => this.#invoke(call));
  }

  *run(): Steps<number> {
    const { rules } = this.program;
    const of = (kind: Pattern['kind']) => rules.filter(({ pattern }) => pattern.kind === kind);
    const main = rules.filter(({ pattern }) => pattern.kind !== 'begin' && pattern.kind !== 'end');
    const last = of('end');
    const begun = yield* this.#leavable(this.#actions(of('begin')));
    if (begun !== 'exit' && (main.length > 0 || last.length > 0)) yield* this.#records(main);
    yield* this.#leavable(this.#actions(last));
    return this.exitCode;
  }

  *#records(rules: readonly Rule[]): Steps<void> {
    for (let record = yield* this.state.next(); record !== undefined; record = yield* this.state.next()) {
      this.state.record(record);
      const left = yield* this.#leavable(this.#actions(rules));
      if (left === 'exit') return;
      if (left === 'nextfile') this.state.skipFile();
    }
  }

  /** How the body was left, if it did not come to its end. */
  *#leavable(body: Steps<void>): Steps<Leave['to'] | undefined> {
    this.#at.frame = [];
    this.#depth = 0;
    try {
      yield* body;
      return undefined;
    } catch (error) {
      if (error instanceof Leave) return error.to;
      throw error;
    }
  }

  *#actions(rules: readonly Rule[]): Steps<void> {
    for (const rule of rules) {
      yield* this.#pause();
      if (!(yield* this.#chosen(rule))) continue;
      if (rule.action) yield* this.#statement(rule.action);
      else yield* this.#emit(undefined, `${this.state.fields.text}${this.state.text(this.state.special('ORS'))}`);
    }
  }

  *#chosen(rule: Rule): Steps<boolean> {
    const { pattern } = rule;
    if (pattern.kind === 'when') return yield* this.#at.truth(pattern.of);
    if (pattern.kind !== 'range') return true;
    if (!this.#inRange.has(rule) && !(yield* this.#at.truth(pattern.from))) return false;
    if (yield* this.#at.truth(pattern.to)) this.#inRange.delete(rule);
    else this.#inRange.add(rule);
    return true;
  }

  /** Gives way now and then. */
  *#pause(): Steps<void> {
    if (++this.#statements % statementsAtOnce === 0) yield* awaited(this.state.run.process.tick());
  }

  *#statement(of: Statement): Steps<Way> {
    this.state.line = of.line;
    yield* this.#pause();
    switch (of.kind) {
      case 'block':
        return yield* this.#block(of);
      case 'expression':
        yield* this.#at.value(of.of);
        return undefined;
      case 'print':
      case 'printf':
        yield* this.#print(of);
        return undefined;
      case 'if':
        if (yield* this.#at.truth(of.when)) return yield* this.#statement(of.then);
        return of.otherwise ? yield* this.#statement(of.otherwise) : undefined;
      case 'while':
        return yield* this.#loop(of, of.when);
      case 'do':
        return yield* this.#loop(of, of.when, { least: 1 });
      case 'for':
        if (of.first) yield* this.#statement(of.first);
        return yield* this.#loop(of, of.when, of.step ? { step: of.step } : {});
      case 'each':
        return yield* this.#each(of);
      case 'break':
      case 'continue':
        return of.kind;
      case 'next':
      case 'nextfile':
        throw leaves[of.kind];
      case 'exit':
        if (of.value) this.exitCode = Math.trunc(yield* this.#at.number(of.value)) & 0xff;
        throw leaves.exit;
      case 'return':
        this.#returned = of.value ? yield* this.#at.value(of.value) : undefined;
        return 'return';
      case 'delete':
        return yield* this.#delete(of);
    }
  }

  *#block({ body }: Of<'block'>): Steps<Way> {
    for (const one of body) {
      const way = yield* this.#statement(one);
      if (way) return way;
    }
    return undefined;
  }

  /** `least`: how often the body runs before it is asked for the first time. */
  *#loop(
    { body }: { readonly body: Statement },
    when: Expression | undefined,
    { least = 0, step }: { readonly least?: number; readonly step?: Statement } = {},
  ): Steps<Way> {
    for (let round = 0; round < least || !when || (yield* this.#at.truth(when)); round++) {
      const way = yield* this.#statement(body);
      if (way === 'return') return way;
      if (way === 'break') return undefined;
      if (step) yield* this.#statement(step);
    }
    return undefined;
  }

  *#each({ variable, array, body }: Of<'each'>): Steps<Way> {
    const slot = this.#at.slot(variable);
    const held = this.#at.array(array);
    for (const key of keysOf(held, this.state.gnu)) {
      if (!held.has(key)) continue;
      slot.assign(key);
      const way = yield* this.#statement(body);
      if (way === 'return') return way;
      if (way === 'break') return undefined;
    }
    return undefined;
  }

  *#delete({ array, key }: Of<'delete'>): Steps<undefined> {
    const held = this.#at.array(array);
    if (key) held.delete(yield* this.#at.key(key));
    else held.clear();
    return undefined;
  }

  *#print(of: Of<'print' | 'printf'>): Steps<void> {
    const text = of.kind === 'printf' ? yield* formatted(this.#at, of.args) : yield* this.#line(of);
    yield* this.#emit(of.to, text);
  }

  *#line({ args }: Of<'print' | 'printf'>): Steps<string> {
    const { state } = this;
    const end = () => state.text(state.special('ORS'));
    if (args.length === 0) return state.fields.text + end();
    let text = '';
    for (const [place, one] of args.entries()) {
      if (place > 0) text += state.text(state.special('OFS'));
      text += state.text(yield* this.#at.value(one), 'OFMT');
    }
    return text + end();
  }

  *#emit(to: Redirection | undefined, text: string): Steps<void> {
    const { streams } = this.state;
    if (!to) return yield* streams.print(text);
    yield* streams.write(to.mode, nameOf(yield* this.#at.text(to.to)), text);
  }

  *#invoke({ name, args, line }: Extract<Expression, { readonly kind: 'call' }>): Steps<Value> {
    const defined = this.program.functions.get(name);
    this.state.line = line;
    if (!defined) throw this.state.fault('undefined', name);
    if (++this.#depth > deepest[this.state.run.dialect]) throw this.state.fault('recursion');
    const frame: Slot[] = [];
    for (const one of args) frame.push(yield* this.#handed(one));
    while (frame.length < defined.parameters.length) frame.push(new Slot());
    const outer = this.#at.frame;
    this.#at.frame = frame;
    this.#returned = undefined;
    yield* this.#statement(defined.body);
    this.#at.frame = outer;
    this.#depth--;
    const value = this.#returned;
    this.#returned = undefined;
    return value;
  }

  /** A variable of no kind yet, or an array, is handed on itself; everything else is its value. */
  *#handed(one: Expression): Steps<Slot> {
    if (one.kind !== 'global' && one.kind !== 'local') return new Slot(yield* this.#at.value(one));
    const slot = this.#at.slot(one);
    const { held } = slot;
    if (held instanceof Map) return new Slot(held);
    const value = slot.value();
    return value === undefined ? new Slot(undefined, slot) : new Slot(value);
  }
}
