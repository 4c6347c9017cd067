import { digestOf } from '../../content';
import { printTable, type TableKind } from '../format/table';
import { type Command, err, out } from '../invocation';
import { compileTemplate, TemplateError } from '../template';
import { CommandError } from '../usage-error';

const endpoint = 'unix:///var/run/docker.sock';

const table: TableKind = {
  headings: { Name: 'NAME', Description: 'DESCRIPTION', DockerEndpoint: 'DOCKER ENDPOINT', Error: 'ERROR' },
  columns: ['Name', 'Description', 'DockerEndpoint', 'Error'],
  type: '*formatter.clientContextContext',
  json: ['Current', 'Description', 'DockerEndpoint', 'Error', 'Name'],
};

/** There is one context, the default. It can be looked at, not made. */
export const contextList: Command = async (call) => {
  if (call.flags.on('quiet')) {
    await out(call, 'default\n');
    return 0;
  }
  const format = call.flags.text('format');
  const row = {
    Name: () => (format === '' || format.startsWith('table') ? 'default *' : 'default'),
    Description: () => 'Current DOCKER_HOST based configuration',
    DockerEndpoint: () => endpoint,
    Error: () => '',
    Current: () => true,
  };
  await out(call, printTable(table, format, [row]));
  return 0;
};

export const contextShow: Command = async (call) => {
  await out(call, 'default\n');
  return 0;
};

function notFound(call: Parameters<Command>[0], name: string): string {
  const folder = digestOf(new TextEncoder().encode(name)).slice(7);
  return `context ${JSON.stringify(name)}: context not found: open ${call.process.env.HOME ?? '/root'}/.docker/contexts/meta/${folder}/meta.json: no such file or directory`;
}

export const contextUse: Command = async (call) => {
  const [name = ''] = call.args;
  if (name !== 'default') throw new CommandError(notFound(call, name));
  await out(call, 'default\n');
  await err(call, 'Current context is now "default"\n');
  return 0;
};

const defaultContext = {
  Name: 'default',
  Metadata: {},
  Endpoints: { docker: { Host: endpoint, SkipTLSVerify: false } },
  TLSMaterial: {},
  Storage: { MetadataPath: '<IN MEMORY>', TLSPath: '<IN MEMORY>' },
};

export const contextInspect: Command = async (call) => {
  const names = call.args.length ? call.args : ['default'];
  const failures = names.filter((name) => name !== 'default').map((name) => notFound(call, name));
  const found = names.filter((name) => name === 'default').map(() => defaultContext);
  const format = call.flags.text('format');
  if (format) for (const one of found) await out(call, `${rendered(format, one)}\n`);
  else await out(call, found.length ? `${JSON.stringify(found, null, 4)}\n` : '[]\n');
  if (failures.length) await err(call, `${failures.join('\n')}\n`);
  return failures.length ? 1 : 0;
};

function rendered(format: string, value: unknown): string {
  try {
    return compileTemplate(format === 'json' ? '{{json .}}' : format)(value);
  } catch (error) {
    if (error instanceof TemplateError) throw new CommandError(`template parsing error: ${error.message}`, 64);
    throw error;
  }
}
