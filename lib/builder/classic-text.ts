import type { Evaluated, Healthcheck } from '../dockerfile';
import { durationText, plainList, quotedList } from './history-text';
import { defaultShell, type Settings } from './settings';

/** What the classic builder notes of an instruction that runs nothing: `CMD ["cat" "motd"]`. */
export function classicText(done: Evaluated, settings: Settings): string {
  switch (done.kind) {
    case 'arg':
      return `ARG ${done.arguments.map(({ key, value }) => (value === undefined ? key : `${key}=${value}`)).join(' ')}`;
    case 'env':
    case 'label':
      return `${done.kind.toUpperCase()} ${done.pairs.map(([key, value]) => `${key}=${value}`).join(' ')}`;
    case 'maintainer':
      return `MAINTAINER ${done.maintainer}`;
    case 'cmd':
      return `CMD ${quotedList(settings.Cmd ?? [])}`;
    case 'entrypoint':
      return `ENTRYPOINT ${quotedList(settings.Entrypoint ?? [])}`;
    case 'workdir':
      return `WORKDIR ${settings.WorkingDir}`;
    case 'user':
      return `USER ${done.user}`;
    case 'expose':
      return `EXPOSE ${done.specs.join(' ')}`;
    case 'volume':
      return `VOLUME ${plainList(done.paths)}`;
    case 'stopsignal':
      return `STOPSIGNAL ${done.signal}`;
    case 'healthcheck':
      return healthcheck(done.healthcheck);
    case 'shell':
      return `SHELL ${plainList(done.shell)}`;
    case 'onbuild':
      return `ONBUILD ${done.expression}`;
    case 'add':
    case 'copy':
    case 'run':
      return done.kind.toUpperCase();
  }
}

function healthcheck({ test, interval, timeout, startPeriod, startInterval, retries = 0 }: Healthcheck): string {
  const times = [interval, timeout, startPeriod, startInterval].map(durationText);
  return `HEALTHCHECK &{${plainList(test)} ${times.join(' ')} ${retries}}`;
}

/** As it stands in the history: a comment for the stage's shell. */
export function classicComment(text: string, settings: Settings): string {
  return `${(settings.Shell ?? defaultShell).join(' ')} #(nop) ${text}`;
}
