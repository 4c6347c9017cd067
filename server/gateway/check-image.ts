import { lint } from '../../lib/dockerfile';
import type { BuildProblem } from '../../lib/protocol';

/** What is wrong with a Dockerfile, without building it: what a build would refuse, and Docker's own warnings. */
export function checkDockerfile(text: string): readonly BuildProblem[] {
  const { warnings, error } = lint(text);
  const found: BuildProblem[] = warnings.map(({ rule, range, message, fixHint }) => ({
    line: range.start,
    endLine: range.end,
    message,
    suggestion: fixHint,
    severity: 'warning',
    rule,
  }));
  if (!error) return found;
  const { reason, range = { start: 1, end: 1 }, suggestion } = error;
  return [...found, { line: range.start, endLine: range.end, message: reason, suggestion, severity: 'error' }];
}
