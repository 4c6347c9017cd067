import { quote } from '../characters';
import type { Dockerfile, Stage } from '../dockerfile';
import { DockerfileError } from '../error';
import type { Variables } from '../expand';
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
    const byDefault = expandGlobal(from.base, defaults, token, from.range).text;
    if (referenceProblem(byDefault)) {
      const message = `Default value for ARG ${from.base} results in empty or invalid base image name`;
      findings.add('InvalidDefaultArgInFrom', from.range, message);
    }
    checkDeclared(stage, facts, token, findings);
    if (expandGlobal(from.base, facts.values, token, from.range).text === '') {
      throw new DockerfileError(`base name (${from.base}) should not be blank`, from.range);
    }
    checkPlatform(stage, findings);
  }
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
    for (const name of expandGlobal(text, facts.values, token, from.range).unmatched) {
      if (facts.declared.has(name)) continue;
      const better = didYouMean(suggest(name, facts.declared, true));
      findings.add('UndefinedArgInFrom', from.range, `FROM argument '${name}' is not declared${better}`);
    }
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
  if (platform.includes('$') || inName) return;
  const message = `FROM --platform flag should not use constant value ${quote(platform)}`;
  findings.add('FromPlatformFlagConstDisallowed', range, message);
}
