/**
 * The language, as a tree. In the grammar below `?` is optional, `*` any number, and names are the types of this file.
 *
 *     Script    = (Command newline)*
 *     list      = and-or ((';' | '&' | newline) and-or)*           → Sequence, Background
 *     and-or    = pipeline (('&&' | '||') pipeline)*               → Binary
 *     pipeline  = '!'? command ('|' command)*                      → Pipeline
 *     command   = Simple | compound Redirect* | Function
 *     compound  = '(' list ')' | '{' list '}' | If | Loop | For | Case | Condition | Arithmetic
 *     Simple    = (Assignment | Redirect)* (Word | Redirect)*
 *     Function  = name '(' ')' compound | 'function' name ('(' ')')? compound
 *     Word      = Part+, each literal text, a parameter, a command's output or a number
 *
 * Nothing here is expanded yet, except aliases: those are text and the parser replaces them.
 */
export type Command =
  | Simple
  | Pipeline
  | Binary
  | Sequence
  | Background
  | Group
  | If
  | Loop
  | For
  | Count
  | Case
  | FunctionDefinition
  | Condition
  | Arithmetic;

export interface Simple {
  readonly kind: 'simple';
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  readonly line: number;
  /** As it was written. */
  readonly text: string;
  /** Of `declare -a name=(…)` and its relatives: assigned after the command. */
  readonly lists: readonly Assignment[];
}

export interface Assignment {
  readonly name: string;
  /** `+=` */
  readonly append: boolean;
  readonly value: Word;
  /** `name[index]=value`, bash's. */
  readonly index?: Word;
  /** `name=(a [5]=b)`, bash's. */
  readonly list?: readonly { readonly index?: Word; readonly value: Word }[];
}

export interface Pipeline {
  readonly kind: 'pipeline';
  readonly commands: readonly Command[];
  readonly negated: boolean;
  /** bash's `time`: how long it took is told; `p` as POSIX says it. */
  readonly timed?: 'bash' | 'p';
  readonly text: string;
}

export interface Binary {
  readonly kind: 'and' | 'or';
  readonly left: Command;
  readonly right: Command;
}

export interface Sequence {
  readonly kind: 'sequence';
  readonly commands: readonly Command[];
}

export interface Background {
  readonly kind: 'background';
  readonly command: Command;
  readonly text: string;
}

export interface Group {
  readonly kind: 'group' | 'subshell';
  readonly body: Command;
  readonly redirects: readonly Redirect[];
  readonly text: string;
}

export interface If {
  readonly kind: 'if';
  readonly clauses: readonly { readonly condition: Command; readonly body: Command }[];
  readonly otherwise?: Command;
  readonly redirects: readonly Redirect[];
}

export interface Loop {
  readonly kind: 'while' | 'until';
  readonly condition: Command;
  readonly body: Command;
  readonly redirects: readonly Redirect[];
}

/** `for ((first; condition; step))`, bash's. */
export interface Count {
  readonly kind: 'count';
  readonly first: Word;
  readonly condition: Word;
  readonly step: Word;
  readonly body: Command;
  readonly redirects: readonly Redirect[];
}

export interface For {
  readonly kind: 'for';
  readonly name: string;
  /** Absent: `"$@"`. */
  readonly words?: readonly Word[];
  readonly body: Command;
  readonly redirects: readonly Redirect[];
  readonly line: number;
}

export interface Case {
  readonly kind: 'case';
  readonly subject: Word;
  /** The subject as it was written. */
  readonly source: string;
  readonly arms: readonly {
    readonly patterns: readonly Word[];
    readonly body?: Command;
    readonly end: ';;' | ';&' | ';;&';
  }[];
  readonly redirects: readonly Redirect[];
}

export interface FunctionDefinition {
  readonly kind: 'function';
  readonly name: string;
  readonly body: Command;
  /** The whole definition as it was written. */
  readonly text: string;
}

/** `[[ … ]]`: words as they are, with `&&`, `||`, `!`, `(`, `)`, `<`, `>` among them. */
export interface Condition {
  readonly kind: 'condition';
  readonly items: readonly (Word | string)[];
  /** False: its `]]` is missing, which ash only says when it runs. */
  readonly closed: boolean;
  readonly redirects: readonly Redirect[];
  readonly line: number;
}

/** `(( … ))`, bash's. */
export interface Arithmetic {
  readonly kind: 'arithmetic';
  readonly expression: Word;
  readonly redirects: readonly Redirect[];
  readonly line: number;
}

export type RedirectOperator = '<' | '>' | '>>' | '>|' | '<>' | '<&' | '>&' | '<<' | '<<<' | '&>' | '&>>';

export interface Redirect {
  readonly operator: RedirectOperator;
  /** Which descriptor; by default 0 for those that begin with `<`, else 1. */
  readonly number: number;
  /** The target; of a here-document, its text. */
  readonly target: Word;
  /** The target as it was written. */
  readonly text: string;
}

export interface Word {
  readonly parts: readonly Part[];
}

export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | Parameter
  | { readonly kind: 'command'; readonly body: Command; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly expression: Word; readonly quoted: boolean }
  /** `<(…)` and `>(…)`, bash's: the name of a descriptor that the command writes to, or reads from. */
  | { readonly kind: 'process'; readonly body: Command; readonly reads: boolean; readonly quoted: false };

export interface Parameter {
  readonly kind: 'parameter';
  /** A name, a number, or one of `@ * # ? - $ ! 0`. */
  readonly name: string;
  readonly quoted: boolean;
  /** `${name[index]}`, bash's; `@` and `*` are all elements. */
  readonly index?: Word | '@' | '*';
  readonly operation?: Operation;
}

export type Operation =
  | { readonly kind: 'length' }
  | { readonly kind: 'indirect' }
  /** `${x:-word}` and its relatives; with `colon` empty counts as unset. */
  | { readonly kind: '-' | '=' | '?' | '+'; readonly colon: boolean; readonly word: Word }
  | { readonly kind: '#' | '##' | '%' | '%%'; readonly word: Word }
  | { readonly kind: '/'; readonly anchor: '' | '/' | '#' | '%'; readonly pattern: Word; readonly replacement: Word }
  | { readonly kind: 'substring'; readonly offset: Word; readonly length?: Word }
  | { readonly kind: '^' | '^^' | ',' | ',,' }
  | { readonly kind: 'bad'; readonly text: string };

/** The text is not in the language. `unfinished`: more text could still complete it. */
export class SyntaxFault {
  constructor(
    readonly problem: Problem,
    readonly line: number,
    readonly unfinished = false,
    /** The text's line in which it is, as it was written. */
    readonly source = '',
  ) {}
}

export type Problem =
  /** `found`: the token's text; undefined for the end of the text. */
  | {
      readonly kind: 'unexpected';
      readonly found: string | undefined;
      readonly type: TokenType;
      readonly expecting?: string;
      readonly open?: Open;
    }
  | { readonly kind: 'unterminated'; readonly what: string }
  | { readonly kind: 'bad for variable'; readonly name: string }
  | { readonly kind: 'bad function name' }
  | { readonly kind: 'too deep' };

/** A compound command that has begun. */
export interface Open {
  readonly word: string;
  readonly line: number;
}

export type TokenType = 'end' | 'newline' | 'word' | 'operator' | 'reserved' | 'redirection';
