import { lint as check } from '../../../../lib/dockerfile';
import type { BuildProblem } from '../../../../lib/protocol';

/** What the builder would say about a Dockerfile, by line: the same rules, here in the page. */
export function lint(dockerfile: string): readonly BuildProblem[] {
  const { warnings, error } = check(dockerfile);
  const found: BuildProblem[] = warnings.map(({ rule, range, message, fixHint }) => ({
    line: range.start,
    endLine: range.end,
    message: `${message}.`,
    suggestion: fixHint,
    severity: 'warning',
    rule,
  }));
  if (error)
    found.unshift({
      line: error.range?.start ?? 1,
      endLine: error.range?.end ?? 1,
      message: error.reason,
      ...(error.suggestion && { suggestion: error.suggestion }),
      severity: 'error',
    });
  return found;
}
