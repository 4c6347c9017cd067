import type { Filters, Message } from '../../engine';
import { formatTime } from '../../engine';
import { goJson } from '../../image';
import { filtersFrom } from '../filters';
import { type Command, type Invocation, out } from '../invocation';
import { momentOf } from '../moment';
import { compileTemplate, TemplateError } from '../template';
import { CommandError } from '../usage-error';
import { padTime } from './logs';

/** `docker events`: what the daemon announces, from `--since` (only what is to come, without it) until `--until` or Ctrl-C. */
export const events: Command = async (call) => {
  const { engine, flags, process } = call;
  const filters = filtersFrom(flags);
  const now = engine.clock.now();
  const since = moment(call, 'since', now);
  const until = moment(call, 'until', now);
  const print = printerFor(call);
  const queue = since === undefined ? [] : engine.announcements.recent().filter((message) => message.at >= since);
  const stop = new AbortController();
  process.onSignal('INT', () => stop.abort());
  let wake = () => {};
  const leave = engine.announcements.listen((message) => {
    queue.push(message);
    wake();
  });
  stop.signal.addEventListener('abort', () => wake());
  if (until !== undefined)
    void engine.clock.sleep(Number((until - now) / 1_000_000n), stop.signal).then(() => stop.abort());
  try {
    for (;;) {
      for (let message = queue.shift(); message; message = queue.shift()) {
        if ((until === undefined || message.at <= until) && accepts(message, filters)) await out(call, print(message));
      }
      if (stop.signal.aborted || (until !== undefined && until <= now)) return until === undefined ? 130 : 0;
      await new Promise<void>((resolve) => void (wake = resolve));
    }
  } finally {
    leave();
  }
};

function moment(call: Invocation, flag: string, now: bigint): bigint | undefined {
  const text = call.flags.maybe(flag);
  if (!text) return undefined;
  const at = momentOf(text, now);
  if (at === undefined) throw new CommandError(`failed to parse value as time or duration: ${JSON.stringify(text)}`);
  return at;
}

function printerFor(call: Invocation): (message: Message) => string {
  const format = call.flags.text('format');
  if (!format) return plain;
  if (format === 'json') return (message) => `${goJson(jsonOf(message))}\n`;
  try {
    const render = compileTemplate(format, { type: 'events.Message' });
    return (message) => `${render(jsonOf(message))}\n`;
  } catch (error) {
    if (error instanceof TemplateError) throw new CommandError(`Error parsing format: ${error.message}`, 64);
    throw error;
  }
}

/** `2026-…Z container create 0123… (image=busybox, name=web)`. */
function plain({ at, Type, Action, Actor }: Message): string {
  const attributes = Object.entries(Actor.Attributes)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
  return `${padTime(formatTime(at))} ${Type} ${Action} ${Actor.ID}${attributes ? ` (${attributes})` : ''}\n`;
}

function jsonOf({ at, Type, Action, Actor, scope }: Message) {
  const legacy =
    Type === 'container' || Type === 'image' ? { status: Action, id: Actor.ID, from: Actor.Attributes.image } : {};
  return {
    ...(legacy.status ? { status: legacy.status, id: legacy.id, ...(legacy.from ? { from: legacy.from } : {}) } : {}),
    Type,
    Action,
    Actor,
    scope,
    time: Number(at / 1_000_000_000n),
    timeNano: Number(at),
  };
}

function accepts({ Type, Action, Actor, scope }: Message, filters: Filters): boolean {
  const any = (name: string, test: (value: string) => boolean) => !filters[name] || filters[name].some(test);
  const named = (type: string) =>
    any(
      type,
      (value) =>
        Type === type &&
        (Actor.ID.startsWith(value) ||
          Actor.Attributes.name === value ||
          (type === 'image' && (Actor.Attributes.name ?? Actor.ID).split(':')[0] === value)),
    );
  return (
    any('event', (value) => Action === value || Action.split(':')[0] === value) &&
    any('type', (value) => Type === value) &&
    any('scope', (value) => scope === value) &&
    (filters.label ?? []).every((label) => {
      const [key = '', value] = label.split('=');
      return value === undefined ? key in Actor.Attributes : Actor.Attributes[key] === value;
    }) &&
    any(
      'container',
      (value) => Type === 'container' && (Actor.ID.startsWith(value) || Actor.Attributes.name === value),
    ) &&
    (!filters.image ||
      any(
        'image',
        (value) =>
          (Type === 'image' ? named('image') : false) ||
          Actor.Attributes.image === value ||
          Actor.Attributes.image?.split(':')[0] === value,
      )) &&
    named('network') &&
    named('volume') &&
    named('daemon')
  );
}
