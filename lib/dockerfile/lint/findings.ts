import type { LineRange } from '../error';
import { type CheckOptions, isOn } from './check-options';
import type { RuleName, Warning } from './rule';
import { rules } from './rules';

/** Where checks put what they find. Rules that are switched off are dropped here. */
export class Findings {
  readonly #warnings: Warning[] = [];

  constructor(readonly options: CheckOptions) {}

  add(name: RuleName, range: LineRange, message: string): void {
    const rule = rules.get(name)!;
    if (!isOn(this.options, name, rule.experimental)) return;
    const { explanation, fixHint, url } = rule;
    this.#warnings.push({ rule: name, range, line: range.start, message, explanation, fixHint, url });
  }

  /** In the order in which they were found. */
  get all(): readonly Warning[] {
    return this.#warnings;
  }

  /** By line; those of one line in the order in which they were found. */
  sorted(): Warning[] {
    return this.#warnings.toSorted((a, b) => a.line - b.line);
  }
}
