import type { Rule, RuleName } from './rule';

const documented = 'https://docs.docker.com/go/dockerfile/rule/';

type Words = Pick<Rule, 'summary' | 'explanation' | 'fixHint'>;

/** Every rule by name. Names and summaries: BuildKit v0.25, frontend/dockerfile/linter. */
const words: Readonly<Record<RuleName, Words>> = {
  StageNameCasing: {
    summary: 'Stage names should be lowercase',
    explanation:
      'A stage is found by its name whatever its case, so `Build` and `build` are the same stage. Writing all names in ' +
      'lower case keeps readers from looking for two, and sets names apart from keywords.',
    fixHint: 'Write the stage name in lower case.',
  },
  FromAsCasing: {
    summary: "The 'as' keyword should match the case of the 'from' keyword",
    explanation:
      'FROM and AS are two words of one instruction. Keywords may be written in either case, but mixing both in one line ' +
      'makes it hard to see where a name begins.',
    fixHint: 'Write `FROM … AS …`, or `from … as …`.',
  },
  NoEmptyContinuation: {
    summary: 'Empty continuation lines will become errors in a future release',
    explanation:
      'A line that ends in the escape character goes on in the next one. An empty line there is skipped today, so the ' +
      'instruction silently swallows what follows it. Later versions are to refuse that.',
    fixHint: 'Remove the empty line, or put a comment there.',
  },
  ConsistentInstructionCasing: {
    summary: 'All commands within the Dockerfile should use the same casing (either upper or lower)',
    explanation:
      'Instructions may be written in any case, but a file that mixes cases is harder to read. The case that most of ' +
      'the instructions have is taken as the one that was meant.',
    fixHint: 'Write all instructions in capitals, as most people do.',
  },
  DuplicateStageName: {
    summary: 'Stage names should be unique',
    explanation:
      'When two stages have one name, `COPY --from=` and `--target` can mean either, and the reader cannot tell which ' +
      'they get.',
    fixHint: 'Give each stage a name of its own.',
  },
  ReservedStageName: {
    summary: 'Reserved words should not be used as stage names',
    explanation:
      '`scratch` already means the empty image and `context` the files sent to the build. A stage that is called so ' +
      'cannot be reached reliably.',
    fixHint: 'Choose another stage name.',
  },
  JSONArgsRecommended: {
    summary: 'JSON arguments recommended for ENTRYPOINT/CMD to prevent unintended behavior related to OS signals',
    explanation:
      'In the shell form, `/bin/sh -c` is what the container starts; the program runs below it. `docker stop` sends its ' +
      'signal to the shell, which does not pass it on, so the program is killed after the grace period instead of ending ' +
      'properly. In the JSON form the program itself is process 1.',
    fixHint: 'Write the command as a JSON array: `CMD ["program", "argument"]`.',
  },
  MaintainerDeprecated: {
    summary: 'The MAINTAINER instruction is deprecated, use a label instead to define an image author',
    explanation:
      'MAINTAINER fills one fixed field of the image. A label does the same, can be filtered for, and holds more than a ' +
      'name.',
    fixHint: 'Use `LABEL org.opencontainers.image.authors="…"`.',
  },
  UndefinedArgInFrom: {
    summary: 'FROM command must use declared ARGs',
    explanation:
      'Only an ARG above the first FROM can be used in FROM. Any other variable is empty there, so another image is ' +
      'used than the line seems to say.',
    fixHint: 'Declare it with ARG above the first FROM, or correct its name.',
  },
  WorkdirRelativePath: {
    summary:
      'Relative workdir without an absolute workdir declared within the build can have unexpected results if the base image changes',
    explanation:
      'A relative WORKDIR is added to the one before it. When the first of them is relative, that is the base image’s, ' +
      'which may become another one with its next version.',
    fixHint: 'Begin with an absolute path, such as `WORKDIR /app`.',
  },
  UndefinedVar: {
    summary: 'Variables should be defined before their use',
    explanation:
      'A variable that neither ENV nor ARG of this stage nor the base image sets is replaced by nothing. Often it is a ' +
      'slip of the pen, or an ARG that stands above FROM and has to be repeated inside the stage.',
    fixHint: 'Set it with ARG or ENV above this line in the same stage, or correct its name.',
  },
  MultipleInstructionsDisallowed: {
    summary: 'Multiple instructions of the same type should not be used in the same stage',
    explanation:
      'An image has one CMD, one ENTRYPOINT and one HEALTHCHECK. A second one does not add to the first, it replaces it, ' +
      'so the first does nothing.',
    fixHint: 'Keep the last one and remove the others.',
  },
  LegacyKeyValueFormat: {
    summary: 'Legacy key/value format with whitespace separator should not be used',
    explanation:
      'Without `=`, everything after the name is its value, blanks and all, and only one variable can be set. That old ' +
      'form is easily misread.',
    fixHint: 'Write `name=value`, with quotes when the value has blanks.',
  },
  InvalidBaseImagePlatform: {
    summary: 'Base image platform does not match expected target platform',
    explanation:
      'The base image was made for another kind of machine than the one this build is for. Its programs will not run ' +
      'there, or only through an emulator.',
    fixHint: 'Use a base image of the target platform, or set the platform of the build.',
  },
  RedundantTargetPlatform: {
    summary: 'Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior',
    explanation: 'FROM takes the image of the target platform anyway, so saying so adds nothing but words to read.',
    fixHint: 'Remove `--platform`.',
  },
  SecretsUsedInArgOrEnv: {
    summary: 'Sensitive data should not be used in the ARG or ENV commands',
    explanation:
      'Values of ARG and ENV are kept in the image: `docker history` and `docker inspect` show them to everyone who has ' +
      'it. A secret mount shows a secret to one RUN and leaves nothing behind.',
    fixHint: 'Use `RUN --mount=type=secret,id=…` where the value is needed, or set it when the container starts.',
  },
  InvalidDefaultArgInFrom: {
    summary: 'Default value for global ARG results in an empty or invalid base image name',
    explanation:
      'Without `--build-arg` this FROM names no image, because an ARG in it has no usable default. Whoever builds the ' +
      'file without knowing that gets an error.',
    fixHint: 'Give the ARG a default, or put one into FROM: `:-default` after the name.',
  },
  FromPlatformFlagConstDisallowed: {
    summary: 'FROM --platform flag should not use a constant value',
    explanation:
      'A platform written down makes the file build for that one only, whatever the build asks for. A variable keeps ' +
      'that open.',
    fixHint: 'Remove `--platform`, or use `--platform=$BUILDPLATFORM` for a stage that runs tools.',
  },
  CopyIgnoredFile: {
    summary: 'Attempting to Copy file that is excluded by .dockerignore',
    explanation:
      'What `.dockerignore` names is never sent to the build, so this instruction cannot find it and the build fails.',
    fixHint: 'Take the file out of `.dockerignore` (`!path`), or do not copy it.',
  },
  InvalidDefinitionDescription: {
    summary:
      'Comment for build stage or argument should follow the format: `# <arg/stage name> <description>`. If this is not intended to be a description comment, add an empty line or comment between the instruction and the comment.',
    explanation:
      'A comment right above FROM or ARG is taken as its description, which tools can list. A description begins with ' +
      'the name of what it describes.',
    fixHint: 'Begin the comment with the name, or leave an empty line below it.',
  },
  ExposeProtoCasing: {
    summary: 'Protocol in EXPOSE instruction should be lowercase',
    explanation:
      'Protocols are kept in lower case in the image. Writing them so keeps what you write and what you see equal.',
    fixHint: 'Write the protocol in lower case: `80/tcp`.',
  },
  ExposeInvalidFormat: {
    summary:
      'IP address and host-port mapping should not be used in EXPOSE instruction. This will become an error in a future release',
    explanation:
      'EXPOSE says which port the program in the container listens on. Which address and port of the host lead there is ' +
      'decided by `docker run -p`; here it has no effect.',
    fixHint: 'Name the container port only: `EXPOSE 80`.',
  },
};

const kebab = (name: string) =>
  name
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase();

export const rules: ReadonlyMap<RuleName, Rule> = new Map(
  Object.entries(words).map(([name, text]) => {
    const rule: Rule = {
      name: name as RuleName,
      ...text,
      url: name === 'InvalidBaseImagePlatform' ? undefined : `${documented}${kebab(name)}/`,
      experimental: name === 'InvalidDefinitionDescription',
    };
    return [rule.name, rule];
  }),
);
