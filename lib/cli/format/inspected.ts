import { goJson } from '../../engine';
import { Failure } from '../../errors';
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

function compiled(format: string) {
  try {
    return compileTemplate(format);
  } catch (error) {
    if (error instanceof TemplateError) throw new CommandError(`template parsing error: ${error.message}`, 64);
    throw error;
  }
}

function executed(render: (value: unknown) => string, value: Json): string {
  try {
    return render(value);
  } catch (error) {
    if (error instanceof TemplateError) throw new CommandError(`template parsing error: ${error.message}`);
    throw error;
  }
}
