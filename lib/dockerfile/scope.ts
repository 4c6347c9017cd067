import { quote } from './characters';
import type { EscapeToken } from './directives';
import { DockerfileError, type LineRange } from './error';
import { ExpansionError, type ExpansionOptions, expand, type Variables } from './expand';
import { chomped, type Heredoc } from './heredoc';
import type { ArgInstruction, Argument, EnvInstruction } from './instruction';

/** What `$PATH` is where no image says otherwise. */
export const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What a scope was asked for and did not have. */
export type Undefined = (name: string, range: LineRange) => void;

/** An ARG of the stage, declared so far. Without a value it is declared only. */
export type BuildArgument = Argument;

/**
 * The variables of one stage as its instructions follow each other: the image's environment, ENV, and ARG with
 * `--build-arg`. A stage that builds on another begins with a copy of that one's scope.
 */
export class StageScope {
  readonly #variables: Map<string, string>;
  readonly #arguments: BuildArgument[];

  constructor(
    readonly token: EscapeToken,
    environment: Variables,
    declared: readonly BuildArgument[] = [],
  ) {
    this.#variables = new Map(environment);
    if (!this.#variables.has('PATH')) this.#variables.set('PATH', defaultPath);
    this.#arguments = [...declared];
  }

  get variables(): Variables {
    return this.#variables;
  }

  /** In the order of their ARG. The later of two with one name counts. */
  get arguments(): readonly BuildArgument[] {
    return this.#arguments;
  }

  copy(): StageScope {
    return new StageScope(this.token, this.#variables, this.#arguments);
  }

  /** One word, expanded. A word that cannot be is an error of the instruction. */
  word(text: string, range: LineRange, missing?: Undefined, options: ExpansionOptions = {}): string {
    return this.#expand(text, range, missing, options).text;
  }

  /** One word whose value may become several. */
  words(text: string, range: LineRange, missing?: Undefined): readonly string[] {
    return this.#expand(text, range, missing, {}).words;
  }

  /** A heredoc's text as the file it stands for: tabs taken away and variables put in where its mark asks for that. */
  heredoc(heredoc: Heredoc, range: LineRange, missing?: Undefined): string {
    const content = heredoc.chomp ? chomped(heredoc.content) : heredoc.content;
    return heredoc.expand ? this.word(content, range, missing, { ignoreQuotes: true, escape: '\\' }) : content;
  }

  /** ENV: every value sees the variables as they were before the instruction. Answers the pairs that were set. */
  env(instruction: EnvInstruction, missing?: Undefined): readonly (readonly [string, string])[] {
    const { range, pairs } = instruction;
    const set = pairs.map(
      ({ key, value }) => [this.word(key, range, missing), this.word(value, range, missing)] as const,
    );
    for (const [key, value] of set) this.#variables.set(key, value);
    return set;
  }

  /**
   * ARG: a value given to the build comes first, then the default, then the global ARG of the same name. Answers the
   * arguments as declared, and whether the value is only inherited.
   */
  arg(
    instruction: ArgInstruction,
    given: Variables,
    global: Variables,
    missing?: Undefined,
  ): readonly (BuildArgument & { readonly inherited: boolean })[] {
    return instruction.arguments.map(({ key: raw, value: fallback }) => {
      const key = this.word(raw, instruction.range);
      const inherited = fallback === undefined && !given.has(key);
      const own = fallback === undefined ? undefined : this.word(fallback, instruction.range, missing);
      const value = given.get(key) ?? (inherited ? global.get(key) : own);
      if (value !== undefined) this.#variables.set(key, value);
      this.#arguments.push({ key, value });
      return { key, value, inherited };
    });
  }

  #report(names: ReadonlySet<string>, range: LineRange, missing: Undefined | undefined): void {
    for (const name of names) if (!this.#arguments.some(({ key }) => key === name)) missing?.(name, range);
  }

  #expand(text: string, range: LineRange, missing: Undefined | undefined, options: ExpansionOptions) {
    try {
      const result = expand(text, this.#variables, { escape: this.token, ...options });
      this.#report(result.unmatched, range, missing);
      return result;
    } catch (error) {
      if (error instanceof ExpansionError) this.#report(error.unmatched, range, missing);
      throw expansionFailure(error, text, range);
    }
  }
}

/** The global scope: what FROM may use. Each ARG sees those before it. */
export function globalScope(
  instructions: readonly ArgInstruction[],
  given: Variables,
  platform: Variables,
  token: EscapeToken,
): { readonly values: Variables; readonly declared: ReadonlySet<string> } {
  const values = new Map(platform);
  const declared = new Set(platform.keys());
  for (const { arguments: list, range } of instructions) {
    for (const { key, value } of list) {
      declared.add(key);
      const set = given.get(key) ?? (value === undefined ? undefined : expandGlobal(value, values, token, range).text);
      if (set !== undefined) values.set(key, set);
    }
  }
  return { values, declared };
}

/** A word of FROM. */
export function expandGlobal(text: string, values: Variables, token: EscapeToken, range: LineRange) {
  try {
    return expand(text, values, { escape: token });
  } catch (error) {
    throw expansionFailure(error, text, range);
  }
}

function expansionFailure(error: unknown, text: string, range: LineRange): unknown {
  if (!(error instanceof ExpansionError)) return error;
  return new DockerfileError(`failed to process ${quote(text)}: ${error.message}`, range);
}

/** The platform that images are built for, as the arguments that every Dockerfile may ask for. */
export function platformArguments(platform: string): Variables {
  const [os = 'linux', architecture = 'amd64', variant = ''] = platform.split('/');
  const values = new Map<string, string>();
  for (const side of ['BUILD', 'TARGET']) {
    values.set(`${side}PLATFORM`, platform);
    values.set(`${side}OS`, os);
    values.set(`${side}OSVERSION`, '');
    values.set(`${side}ARCH`, architecture);
    values.set(`${side}VARIANT`, variant);
  }
  values.set('TARGETSTAGE', 'default');
  return values;
}
