import { quote } from './characters';
import type { LineRange } from './error';
import type { Heredoc } from './heredoc';

/** A `name=value` of ENV or LABEL. The old form `ENV name value` has an empty delimiter. */
export interface KeyValue {
  readonly key: string;
  readonly value: string;
  readonly delimiter: '=' | '';
}

/** One instruction as text: what it is called and its words, before anybody asks what they mean. */
export interface Node {
  /** As written. */
  readonly name: string;
  readonly flags: readonly string[];
  readonly words: readonly string[];
  /** Of ENV and LABEL, in place of words. */
  readonly pairs: readonly KeyValue[];
  /** The words came from a JSON array. */
  readonly json: boolean;
  /** Of ONBUILD: the instruction that it keeps. */
  readonly child?: Node;
  readonly heredocs: readonly Heredoc[];
  /** The instruction on one line, continuations joined. */
  readonly original: string;
  readonly range: LineRange;
  /** The comment lines directly above, without `#`. */
  readonly comments: readonly string[];
}

/** The tree in the form of BuildKit's own parser tests. */
export function dumpNode(node: Node): string {
  const flags = node.flags.length > 0 ? [`[${node.flags.map(quote).join(' ')}]`] : [];
  const pairs = node.pairs.flatMap(({ key, value, delimiter }) => [key, value, delimiter]);
  const child = node.child ? [dumpNode(node.child)] : [];
  const words = [...node.words, ...pairs].map(quote);
  return `(${[node.name.toLowerCase(), ...flags, ...child, ...words].join(' ')})`;
}
