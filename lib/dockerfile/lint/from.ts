import { quote } from '../characters';
import type { EscapeToken } from '../directives';
import type { Dockerfile, Stage } from '../dockerfile';
import { DockerfileError } from '../error';
import { ExpansionError, expand, type Variables } from '../expand';
import type { FromInstruction } from '../instruction';
import { readPlatform } from '../platform';
import { expandGlobal, globalScope } from '../scope';
import { didYouMean, suggest } from '../suggest';
import type { Findings } from './findings';

/** What FROM lines are checked against. */
export interface FromFacts {
  readonly platform: Variables;
  readonly values: Variables;
  readonly declared: ReadonlySet<string>;
}

/** The checks of base names and platforms. Throws where a word cannot be expanded. */
export function checkFromWords(dockerfile: Dockerfile, facts: FromFacts, findings: Findings): void {
  const { escape: token, globalArguments } = dockerfile;
  const defaults = globalScope(globalArguments, new Map(), facts.platform, token).values;
  for (const stage of dockerfile.stages) {
    const { from } = stage;
    checkDefault(from, defaults, token, findings);
    checkDeclared(stage, facts, token, findings);
    if (expandGlobal(from.base, facts.values, token, from.range).text === '') {
      throw new DockerfileError(`base name (${from.base}) should not be blank`, from.range);
    }
    checkPlatform(stage, findings);
  }
}

/** Whether the base has a name when nothing is given to the build. */
function checkDefault(from: FromInstruction, defaults: Variables, token: EscapeToken, findings: Findings): void {
  let name: string;
  try {
    name = expand(from.base, defaults, { escape: token }).text;
  } catch (error) {
    if (error instanceof ExpansionError) return;
    throw error;
  }
  if (!referenceProblem(name)) return;
  const message = `Default value for ARG ${from.base} results in empty or invalid base image name`;
  findings.add('InvalidDefaultArgInFrom', from.range, message);
}

/** Why the text cannot name an image. The image room's parser has the last word; this one is for the editor. */
export function referenceProblem(text: string): string | undefined {
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(slash, 0));
  const hasDomain = first === 'localhost' || /[.:A-Z]/.test(first);
  const name = (hasDomain ? text.slice(slash + 1) : text).split(':')[0]!;
  if (name !== name.toLowerCase()) {
    const whole = slash < 0 ? `library/${name}` : name;
    return `invalid reference format: repository name (${whole}) must be lowercase`;
  }
  const form = /^[a-z0-9]+(?:[._:/-]+[a-z0-9]+)*(?::\w[\w.-]*)?(?:@[a-z0-9]+:[0-9a-f]{32,})?$/;
  return form.test(hasDomain ? text.toLowerCase() : text) ? undefined : 'invalid reference format';
}

function checkDeclared({ from }: Stage, facts: FromFacts, token: Dockerfile['escape'], findings: Findings): void {
  for (const text of [from.base, from.platform ?? '']) {
    for (const name of asked(text, facts.values, token)) {
      if (facts.declared.has(name)) continue;
      const better = didYouMean(suggest(name, facts.declared, true));
      findings.add('UndefinedArgInFrom', from.range, `FROM argument '${name}' is not declared${better}`);
    }
  }
}

/** What is no platform is refused later, in other words. */
function isPlatform(text: string): boolean {
  try {
    return readPlatform(text, 'linux/amd64') !== '';
  } catch (error) {
    if (error instanceof DockerfileError) return false;
    throw error;
  }
}

/** Variables that a word asks for and that are not set, also when it cannot be expanded in the end. */
function asked(text: string, values: Variables, token: Dockerfile['escape']): ReadonlySet<string> {
  try {
    return expand(text, values, { escape: token }).unmatched;
  } catch (error) {
    if (error instanceof ExpansionError) return error.unmatched;
    throw error;
  }
}

function checkPlatform({ from, name = '' }: Stage, findings: Findings): void {
  const { platform, range } = from;
  if (platform === undefined) return;
  if (/^\$(TARGETPLATFORM|\{TARGETPLATFORM\})$/.test(platform)) {
    const message = `Setting platform to predefined ${platform} in FROM is redundant as this is the default behavior`;
    findings.add('RedundantTargetPlatform', range, message);
  }
  const [os = '', architecture = ''] = platform.split('/');
  const inName = [os, architecture].some((part) => part !== '' && name.includes(part));
  if (platform.includes('$') || inName || !isPlatform(platform)) return;
  const message = `FROM --platform flag should not use constant value ${quote(platform)}`;
  findings.add('FromPlatformFlagConstDisallowed', range, message);
}
