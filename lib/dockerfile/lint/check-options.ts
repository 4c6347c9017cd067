import { quote } from '../characters';
import { DockerfileError } from '../error';

/** What `# check=…` (or the build argument BUILDKIT_DOCKERFILE_CHECK) asks for: `skip=A,B;error=true;experimental=all`. */
export interface CheckOptions {
  readonly skip: readonly string[] | 'all';
  readonly experimental: readonly string[] | 'all';
  /** Any finding ends the build. */
  readonly error: boolean;
}

export const usualChecks: CheckOptions = { skip: [], experimental: [], error: false };

export function readCheckOptions(text: string | undefined): CheckOptions {
  let options = usualChecks;
  for (const part of (text ?? '').split(';')) {
    if (part.trim() === '') continue;
    const equals = part.indexOf('=');
    const key = (equals < 0 ? part : part.slice(0, equals)).trim();
    const value = part.slice(equals + 1).trim();
    if (equals < 0 || !['skip', 'experimental', 'error'].includes(key)) {
      throw new DockerfileError(`failed to parse check options: invalid check option ${quote(key)}`);
    }
    options = { ...options, [key]: key === 'error' ? readBoolean(part, value) : readNames(value) };
  }
  return options;
}

function readNames(value: string): readonly string[] | 'all' {
  return value === 'all' ? 'all' : value.split(',').map((name) => name.trim());
}

function readBoolean(part: string, value: string): boolean {
  if (/^(1|t|T|TRUE|true|True)$/.test(value)) return true;
  if (/^(0|f|F|FALSE|false|False)$/.test(value)) return false;
  const reason = `strconv.ParseBool: parsing ${quote(value)}: invalid syntax`;
  throw new DockerfileError(`failed to parse check options: failed to parse check option ${quote(part)}: ${reason}`);
}

export function isOn(options: CheckOptions, name: string, experimental: boolean): boolean {
  if (options.skip === 'all' || options.skip.includes(name)) return false;
  return !experimental || options.experimental === 'all' || options.experimental.includes(name);
}
