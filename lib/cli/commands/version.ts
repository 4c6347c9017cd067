import { type Command, type Invocation, out } from '../invocation';
import { compileTemplate, TemplateError } from '../template';
import { CommandError } from '../usage-error';

/** `docker version`: this command's and the engine's. */
export const version: Command = async (call) => {
  const facts = call.engine.version();
  const format = call.flags.text('format');
  const Client = {
    Version: facts.version,
    ApiVersion: facts.apiVersion,
    DefaultAPIVersion: facts.apiVersion,
    GitCommit: facts.gitCommit,
    GoVersion: facts.goVersion,
    Os: facts.os,
    Arch: facts.arch,
    BuildTime: buildTime,
    Context: 'default',
  };
  const Server = {
    Platform: { Name: '' },
    Version: facts.version,
    APIVersion: facts.apiVersion,
    ApiVersion: facts.apiVersion,
    MinAPIVersion: facts.minApiVersion,
    Os: facts.os,
    Arch: facts.arch,
    Components: [
      {
        Name: 'Engine',
        Version: facts.version,
        Details: {
          ApiVersion: facts.apiVersion,
          Arch: facts.arch,
          BuildTime: buildTime,
          Experimental: 'false',
          GitCommit: facts.gitCommit,
          GoVersion: facts.goVersion,
          KernelVersion: facts.kernel,
          MinAPIVersion: facts.minApiVersion,
          Os: facts.os,
        },
      },
      ...components.map(([Name, Version]) => ({ Name, Version, Details: { GitCommit: '' } })),
    ],
    GitCommit: facts.gitCommit,
    GoVersion: facts.goVersion,
    KernelVersion: facts.kernel,
    BuildTime: facts.buildTime,
  };
  if (format) await printRendered(call, format, { Client, Server });
  else await out(call, page(facts));
  return 0;
};

const buildTime = 'Wed Nov  5 14:43:33 2025';
const components = [
  ['containerd', 'simulated'],
  ['runc', 'simulated'],
  ['docker-init', '0.19.0'],
] as const;

async function printRendered(call: Invocation, format: string, value: unknown): Promise<void> {
  const render = compiled(format === 'json' ? '{{json .}}' : format);
  try {
    await out(call, `${render(value)}\n`);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    await out(call, '\n');
    throw new CommandError(error.message);
  }
}

function compiled(format: string) {
  try {
    return compileTemplate(format, { name: 'version', type: 'system.versionInfo' });
  } catch (error) {
    if (error instanceof TemplateError) throw new CommandError(`template parsing error: ${error.message}`, 64);
    throw error;
  }
}

function page(facts: ReturnType<Parameters<Command>[0]['engine']['version']>): string {
  const line = (indent: number, name: string, value: string) =>
    `${' '.repeat(indent)}${`${name}:`.padEnd(indent === 1 ? 19 : 18)}${value}\n`;
  const common = (indent: number) =>
    line(indent, 'Go version', facts.goVersion) +
    line(indent, 'Git commit', facts.gitCommit) +
    line(indent, 'Built', buildTime) +
    line(indent, 'OS/Arch', `${facts.os}/${facts.arch}`);
  const client = `Client:\n${line(1, 'Version', facts.version)}${line(1, 'API version', facts.apiVersion)}${common(1)}${line(1, 'Context', 'default')}`;
  const engine = ` Engine:\n${line(2, 'Version', facts.version)}${line(2, 'API version', `${facts.apiVersion} (minimum version ${facts.minApiVersion})`)}${common(2)}${line(2, 'Experimental', 'false')}`;
  const rest = components
    .map(([name, text]) => ` ${name}:\n${line(2, 'Version', text)}${line(2, 'GitCommit', '')}`)
    .join('');
  return `${client}\nServer:\n${engine}${rest}`;
}
