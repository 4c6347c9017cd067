/** Regular expressions as the C library reads them: basic and extended ones with GNU's additions, and much of Perl's. */
import { readBracket } from './bracket';
import { type Characters, classes, every, foldCase, just, negate, newline, word } from './characters';
import { RegexFault } from './fault';
import { type Assertion, empty, type Node, repeated } from './node';

export interface RegexOptions {
  /** Default `basic`. `literal`: no character means anything but itself. */
  readonly syntax?: 'basic' | 'extended' | 'perl' | 'literal';
  readonly ignoreCase?: boolean;
  /** `^` and `$` are at each line too, and no line's end is met by `.` and `[^…]`. */
  readonly lines?: boolean;
  /** `\n`, `\t` and the like are those characters, as in sed; otherwise they are letters. */
  readonly letters?: boolean;
  /** What cannot be a repetition is no fault, as in grep: `*a`, `a{1`. */
  readonly lenient?: boolean;
}

export interface Parsed {
  readonly node: Node;
  /** How many groups there are. */
  readonly groups: number;
}

/** Throws a RegexFault. Groups are numbered from `before` + 1. */
export function parse(pattern: string, options: RegexOptions = {}, before = 0): Parsed {
  return new Parser(pattern, options, before).parse();
}

/** The C library's own bound for `{n}`. */
const mostTimes = 32767;
const deepest = 250;

const assertions: Readonly<Record<string, Assertion>> = {
  b: 'boundary',
  B: 'noBoundary',
  '<': 'wordStart',
  '>': 'wordEnd',
  '`': 'textStart',
  "'": 'textEnd',
};
const perlAssertions: Readonly<Record<string, Assertion>> = {
  b: 'boundary',
  B: 'noBoundary',
  A: 'textStart',
  z: 'textEnd',
  Z: 'textEnd',
};
const sets: Readonly<Record<string, Characters>> = {
  w: word,
  W: negate(word),
  s: classes.space!,
  S: negate(classes.space!),
};
const perlSets: Readonly<Record<string, Characters>> = { ...sets, d: classes.digit!, D: negate(classes.digit!) };
const letters: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v' };

interface Times {
  readonly least: number;
  readonly most: number;
  readonly end: number;
}

class Parser {
  readonly #characters: readonly string[];
  readonly #basic: boolean;
  readonly #perl: boolean;
  #at = 0;
  #depth = 0;
  #groups: number;
  /** Groups that are closed: only those can be referred to. */
  readonly #closed = new Set<number>();

  constructor(
    pattern: string,
    readonly options: RegexOptions,
    readonly before: number,
  ) {
    this.#characters = [...pattern];
    this.#groups = before;
    this.#basic = (options.syntax ?? 'basic') === 'basic';
    this.#perl = options.syntax === 'perl';
  }

  parse(): Parsed {
    if (this.options.syntax === 'literal')
      return { node: { kind: 'sequence', parts: this.#characters.map((one) => this.#character(one)) }, groups: 0 };
    const node = this.#choice();
    if (this.#at < this.#characters.length) throw new RegexFault('close');
    return { node, groups: this.#groups - this.before };
  }

  /** Whether the operator is next: `(` `)` `|` `{` have a backslash in basic expressions. */
  #isNext(operator: string, at = this.#at): boolean {
    return this.#basic
      ? this.#characters[at] === '\\' && this.#characters[at + 1] === operator
      : this.#characters[at] === operator;
  }

  #choice(): Node {
    if (++this.#depth > deepest) throw new RegexFault('memory');
    const ways = [this.#sequence()];
    while (this.#isNext('|')) {
      this.#at += this.#basic ? 2 : 1;
      ways.push(this.#sequence());
    }
    this.#depth--;
    return ways.length === 1 ? ways[0]! : { kind: 'choice', ways };
  }

  #sequence(): Node {
    const parts: Node[] = [];
    /** Nothing precedes that could be repeated. */
    let fresh = true;
    while (this.#at < this.#characters.length && !this.#isNext('|') && !this.#closes()) {
      const times = this.#times();
      if (times && !fresh) {
        this.#at = times.end;
        parts.push(repeated(parts.pop()!, times.least, times.most, this.#lazy()));
      } else if (times && this.#skips(times)) this.#at = times.end;
      else {
        const part = this.#one(parts.length === 0);
        parts.push(part);
        fresh = part.kind === 'assertion' && !this.#perl;
      }
    }
    return parts.length === 1 ? parts[0]! : { kind: 'sequence', parts };
  }

  /** A `)` that ends a group; an extended one that ends nothing is a character. */
  #closes(): boolean {
    return this.#isNext(')') && (this.#basic || this.#perl || this.#depth > 1);
  }

  /** A repetition of nothing: a star of a basic expression is a character there, otherwise it is a fault or nothing. */
  #skips(times: Times): boolean {
    if (this.#basic && !this.#isNext('{')) return false;
    if (!this.options.lenient) throw new RegexFault('repeat');
    return times.end > this.#at && !this.#isNext('{');
  }

  #lazy(): boolean {
    if (!this.#perl || this.#characters[this.#at] !== '?') return false;
    this.#at++;
    return true;
  }

  #times(): Times | undefined {
    const character = this.#characters[this.#at];
    const marked = this.#basic && character === '\\';
    const operator = marked ? this.#characters[this.#at + 1] : character;
    const end = this.#at + (marked ? 2 : 1);
    if (operator === '*' && !marked) return { least: 0, most: Number.POSITIVE_INFINITY, end };
    if (operator === '+' && marked === this.#basic) return { least: 1, most: Number.POSITIVE_INFINITY, end };
    if (operator === '?' && marked === this.#basic) return { least: 0, most: 1, end };
    return operator === '{' && marked === this.#basic ? this.#interval(end) : undefined;
  }

  #interval(from: number): Times | undefined {
    const rest = this.#characters.slice(from, from + 24).join('');
    const [, least, comma, most] = /^(\d*)(,?)(\d*)/.exec(rest)!;
    const end = from + least!.length + comma!.length + most!.length;
    const closed = this.#basic ? this.#isNext('}', end) : this.#characters[end] === '}';
    if (!closed || (least === '' && comma === '') || (this.#perl && least === '')) {
      if (!this.#basic && (this.options.lenient || this.#perl)) return undefined;
      throw new RegexFault(end >= this.#characters.length ? 'brace' : 'interval');
    }
    const low = Number(least || 0);
    const high = comma === '' ? low : most === '' ? Number.POSITIVE_INFINITY : Number(most);
    if (high < low) throw new RegexFault('interval');
    if (low > mostTimes || (high > mostTimes && high !== Number.POSITIVE_INFINITY)) throw new RegexFault('size');
    return { least: low, most: high, end: end + (this.#basic ? 2 : 1) };
  }

  #one(first: boolean): Node {
    if (this.#isNext('(')) return this.#group();
    const character = this.#characters[this.#at++]!;
    if (character === '\\') return this.#escaped();
    if (character === '[') {
      const bracket = readBracket(this.#characters, this.#at, { ...this.options, perl: this.#perl });
      this.#at = bracket.end;
      return { kind: 'set', characters: bracket.characters };
    }
    if (character === '.') {
      const linewise = this.options.lines || this.#perl;
      return { kind: 'set', characters: linewise ? negate(newline) : every };
    }
    if (character === '^' && (!this.#basic || first)) return { kind: 'assertion', is: 'lineStart' };
    if (character === '$' && (!this.#basic || this.#ends())) return { kind: 'assertion', is: 'lineEnd' };
    return this.#character(character);
  }

  /** Whether a basic expression, or its part, is over: only there is a `$` its end. */
  #ends(): boolean {
    return this.#at >= this.#characters.length || this.#isNext(')') || this.#isNext('|');
  }

  #character(character: string): Node {
    const one = just(character.codePointAt(0)!);
    return { kind: 'set', characters: this.options.ignoreCase ? foldCase(one) : one };
  }

  #group(): Node {
    this.#at += this.#basic ? 2 : 1;
    const kept = !this.#perl || this.#keeps();
    const number = kept ? ++this.#groups : 0;
    const body = this.#choice();
    if (!this.#isNext(')')) throw new RegexFault('open');
    this.#at += this.#basic ? 2 : 1;
    if (!kept) return body.kind === 'sequence' || body.kind === 'choice' ? { kind: 'sequence', parts: [body] } : body;
    this.#closed.add(number - this.before);
    return { kind: 'group', number, body };
  }

  /** Perl's `(?:…)` keeps nothing, `(?<name>…)` does; the others are refused. */
  #keeps(): boolean {
    if (this.#characters[this.#at] !== '?') return true;
    const rest = this.#characters.slice(this.#at, this.#at + 60).join('');
    const named = /^\?P?<[A-Za-z_]\w*>/.exec(rest);
    if (!named && !rest.startsWith('?:')) throw new RegexFault('lookaround');
    this.#at += named ? named[0].length : 2;
    return named !== null;
  }

  #escaped(): Node {
    const letter = this.#characters[this.#at++];
    if (letter === undefined) throw new RegexFault('backslash');
    if (/[1-9]/.test(letter)) return this.#reference(Number(letter));
    if (this.#basic && letter === ')') throw new RegexFault('close');
    const assertion = (this.#perl ? perlAssertions : assertions)[letter];
    if (assertion) return { kind: 'assertion', is: assertion };
    const set = (this.#perl ? perlSets : sets)[letter];
    if (set) return { kind: 'set', characters: set };
    return this.#character(((this.options.letters || this.#perl) && letters[letter]) || letter);
  }

  #reference(group: number): Node {
    if (!this.#closed.has(group)) throw new RegexFault('reference');
    return { kind: 'reference', group: group + this.before };
  }
}

/** Several expressions at once: a text matches when it matches one of them. */
export function parseAll(patterns: readonly string[], options: RegexOptions, whole?: 'line' | 'word'): Parsed {
  let groups = 0;
  const ways = patterns.map((pattern) => {
    const parsed = parse(pattern, options, groups);
    groups += parsed.groups;
    return whole ? enclosed(parsed.node, whole) : parsed.node;
  });
  return { node: ways.length === 1 ? ways[0]! : ways.length === 0 ? empty : { kind: 'choice', ways }, groups };
}

function enclosed(node: Node, whole: 'line' | 'word'): Node {
  const [before, after] =
    whole === 'line' ? (['lineStart', 'lineEnd'] as const) : (['noWordBefore', 'noWordAfter'] as const);
  return { kind: 'sequence', parts: [{ kind: 'assertion', is: before }, node, { kind: 'assertion', is: after }] };
}
