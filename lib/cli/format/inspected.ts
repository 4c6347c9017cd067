import { Failure } from '../../errors';
import { goJson } from '../../image';
import { daemonSentence, err, type Invocation, out } from '../invocation';
import { compileTemplate, TemplateError } from '../template';
import { CommandError } from '../usage-error';

export type Json = Readonly<Record<string, unknown>>;

/**
 * Every `inspect`: what is found is printed as one JSON list (or by the template, a line each), then what went wrong; 1 when
 * anything did.
 */
export async function printInspected(
  call: Invocation,
  names: readonly string[],
  find: (name: string) => Json,
): Promise<number> {
  const format = call.flags.text('format');
  const render = format && format !== 'json' ? compiled(format) : undefined;
  const found: Json[] = [];
  const failures: string[] = [];
  let text = '';
  for (const name of names) {
    try {
      const value = find(name);
      found.push(value);
      if (render) text += `${executed(render, value)}\n`;
    } catch (error) {
      if (error instanceof CommandError && error.exitCode === 1) failures.push(error.message);
      else if (error instanceof Failure) failures.push(daemonSentence(error));
      else throw error;
    }
  }
  if (render) await out(call, text || (failures.length ? '\n' : ''));
  else await out(call, format === 'json' ? `${goJson(found)}\n` : `${indented(found)}\n`);
  if (failures.length) await err(call, `${failures.join('\n')}\n`);
  return failures.length ? 1 : 0;
}

function indented(list: readonly Json[]): string {
  return list.length ? JSON.stringify(list, null, 4).replace(/\{\n\s*\}/g, '{}') : '[]';
}

/** The template against the object as Go has it, then, when that fails, against its JSON, whose error is told. */
function compiled(format: string): (value: Json) => string {
  try {
    const typed = compileTemplate(format, { type: 'map[string]interface {}' });
    const raw = compileTemplate(format, { maps: true });
    return (value) => {
      try {
        return typed(withEmptyFields(value));
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        return raw(value);
      }
    };
  } catch (error) {
    if (error instanceof TemplateError) throw new CommandError(`template parsing error: ${error.message}`, 64);
    throw error;
  }
}

function executed(render: (value: Json) => string, value: Json): string {
  try {
    return render(value);
  } catch (error) {
    if (error instanceof TemplateError) throw new CommandError(`template parsing error: ${error.message}`);
    throw error;
  }
}

/** Fields that Go's structs have and the JSON leaves out while they are empty. */
const emptyFields: Readonly<Record<string, Json>> = {
  State: { Health: null },
  Config: {
    Hostname: '',
    Domainname: '',
    User: '',
    ExposedPorts: null,
    Env: null,
    Cmd: null,
    Healthcheck: null,
    ArgsEscaped: false,
    Image: '',
    Volumes: null,
    WorkingDir: '',
    Entrypoint: null,
    NetworkDisabled: false,
    MacAddress: '',
    OnBuild: null,
    Labels: null,
    StopSignal: '',
    StopTimeout: null,
    Shell: null,
  },
  HostConfig: { Mounts: null, Tmpfs: null, StorageOpt: null, Sysctls: null, Annotations: null, Init: null },
};

function withEmptyFields(value: Json): Json {
  const image = 'RootFS' in value;
  const full = Object.entries(value).map(([name, field]) => {
    const empty = emptyFields[name];
    if (!empty || typeof field !== 'object' || field === null) return [name, field];
    const json = () => (image && name === 'Config' ? imageSettings(field as Json) : field);
    return [name, Object.defineProperty({ ...empty, ...field }, 'goJson', { value: json })];
  });
  const sizes = image ? {} : { SizeRw: null, SizeRootFs: null };
  return Object.defineProperty({ ...sizes, ...Object.fromEntries(full) }, 'goJson', { value: () => value }) as Json;
}

const settingsOrder = [
  'User',
  'ExposedPorts',
  'Env',
  'Entrypoint',
  'Cmd',
  'Volumes',
  'WorkingDir',
  'Labels',
  'StopSignal',
  'ArgsEscaped',
  'Healthcheck',
  'OnBuild',
  'Shell',
];

/** An image's configuration in the order of the OCI's struct, without what is empty. */
function imageSettings(settings: Json): Json {
  const filled = (value: unknown) => value !== undefined && value !== null && value !== '' && value !== false;
  return Object.fromEntries(
    settingsOrder.filter((name) => filled(settings[name])).map((name) => [name, settings[name]]),
  );
}
