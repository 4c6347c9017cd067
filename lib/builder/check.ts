import { Failure } from '../errors';
import { Build } from './build';
import type { BuildOptions } from './build-options';
import { checkFailure, checkReport } from './format-check';

/** `docker build --check`: reads, looks base images up, reports, builds nothing. */
export async function check(options: BuildOptions): Promise<{ report: string; failure?: string; clean: boolean }> {
  const name = options.dockerfileName ?? 'Dockerfile';
  const { result, error } = await new Build(options, name).look();
  const report = checkReport({ ...result, error: error && result.error }, options.dockerfile, name);
  const violated = result.asErrors && result.warnings.length > 0;
  const reason = `lint violation found for rules: ${[...new Set(result.warnings.map(({ rule }) => rule))].join(', ')}`;
  const last = error ?? (violated ? new Failure('invalid', reason) : undefined);
  const failure = last && checkFailure(last, options.dockerfile, name);
  return { report, failure, clean: result.warnings.length === 0 && !last };
}
