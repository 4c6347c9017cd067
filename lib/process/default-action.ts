import type { Signal } from './signal';

export type DefaultAction = 'terminate' | 'ignore' | 'stop' | 'continue';

/** What a signal does to a process that has not said otherwise: signal(7). */
export function defaultAction(signal: Signal): DefaultAction {
  switch (signal) {
    case 'CHLD':
    case 'URG':
    case 'WINCH':
      return 'ignore';
    case 'CONT':
      return 'continue';
    case 'STOP':
    case 'TSTP':
    case 'TTIN':
    case 'TTOU':
      return 'stop';
    default:
      return 'terminate';
  }
}
