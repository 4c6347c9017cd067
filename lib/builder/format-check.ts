import type { DockerfileError, LintResult, Warning } from '../dockerfile';
import { excerpt } from './excerpt';

/** The report of `docker build --check`: goes to stdout. */
export function checkReport(result: LintResult, dockerfile: string, name: string): string {
  const { warnings, error, asErrors } = result;
  if (warnings.length === 0) return error ? '' : 'Check complete, no warnings found.\n';
  const count = warnings.length === 1 ? '1 warning has' : `${warnings.length} warnings have`;
  const found = warnings.map((warning) => `\n${warningText(warning, dockerfile, name)}`);
  return `Check complete, ${count} been found!\n${found.join('')}${error || asErrors ? '\n' : ''}`;
}

function warningText({ rule, url, message, range }: Warning, dockerfile: string, name: string): string {
  return `WARNING: ${rule}${url ? ` - ${url}` : ''}\n${message}\n${excerpt(name, dockerfile, range)}`;
}

/** What follows the progress on stderr: the error that would have ended the build, before its lines. */
export function checkFailure(
  error: Pick<DockerfileError, 'message' | 'range'>,
  dockerfile: string,
  name: string,
): string {
  return `ERROR: ${error.message}\n${excerpt(name, dockerfile, error.range)}\n`;
}
