/** What an awk program is made of. */
import type { Slot } from './variables';

export type Binary = '+' | '-' | '*' | '/' | '%' | '^';
export type Comparison = '<' | '<=' | '==' | '!=' | '>' | '>=';

/** A global variable is its slot; a function's own one is its place in the frame. */
export type Variable =
  | { readonly kind: 'global'; readonly name: string; readonly slot: Slot }
  | { readonly kind: 'local'; readonly name: string; readonly index: number };

export interface Element {
  readonly kind: 'element';
  readonly array: Variable;
  readonly key: readonly Expression[];
}

export interface FieldOf {
  readonly kind: 'field';
  readonly index: Expression;
}

export type Target = Variable | Element | FieldOf;

export type Expression =
  | Target
  | { readonly kind: 'constant'; readonly value: number | string }
  | { readonly kind: 'regex'; readonly pattern: string }
  /** A list in parentheses: before `in`, or what is printed. */
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'assign'; readonly target: Target; readonly operator?: Binary; readonly value: Expression }
  | { readonly kind: 'choice'; readonly when: Expression; readonly then: Expression; readonly otherwise: Expression }
  | { readonly kind: 'both' | 'either' | 'join'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'calculate'; readonly operator: Binary; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'match'; readonly negated: boolean; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'member'; readonly key: readonly Expression[]; readonly array: Variable }
  | { readonly kind: 'not' | 'negative' | 'positive'; readonly of: Expression }
  | { readonly kind: 'step'; readonly target: Target; readonly by: 1 | -1; readonly before: boolean }
  | { readonly kind: 'builtin'; readonly name: string; readonly args: readonly Expression[]; readonly line: number }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly line: number }
  | {
      readonly kind: 'getline';
      readonly from: 'input' | 'file' | 'command';
      readonly source?: Expression;
      readonly into?: Target;
    };

export interface Redirection {
  readonly mode: '>' | '>>' | '|';
  readonly to: Expression;
}

export type Statement = { readonly line: number } & (
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'expression'; readonly of: Expression }
  | {
      readonly kind: 'print' | 'printf';
      readonly args: readonly Expression[];
      readonly to?: Redirection;
    }
  | { readonly kind: 'if'; readonly when: Expression; readonly then: Statement; readonly otherwise?: Statement }
  | { readonly kind: 'while'; readonly when: Expression; readonly body: Statement }
  | { readonly kind: 'do'; readonly when: Expression; readonly body: Statement }
  | {
      readonly kind: 'for';
      readonly first?: Statement;
      readonly when?: Expression;
      readonly step?: Statement;
      readonly body: Statement;
    }
  | { readonly kind: 'each'; readonly variable: Variable; readonly array: Variable; readonly body: Statement }
  | { readonly kind: 'break' | 'continue' | 'next' | 'nextfile' }
  | { readonly kind: 'exit' | 'return'; readonly value?: Expression }
  | { readonly kind: 'delete'; readonly array: Variable; readonly key?: readonly Expression[] }
);

export type Pattern =
  | { readonly kind: 'begin' | 'end' | 'always' }
  | { readonly kind: 'when'; readonly of: Expression }
  | { readonly kind: 'range'; readonly from: Expression; readonly to: Expression };

export interface Rule {
  readonly pattern: Pattern;
  /** Without one the record is printed. */
  readonly action?: Statement;
}

export interface Defined {
  readonly parameters: readonly string[];
  readonly body: Statement;
}

export interface Program {
  readonly rules: readonly Rule[];
  readonly functions: ReadonlyMap<string, Defined>;
}
