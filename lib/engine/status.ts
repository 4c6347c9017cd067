import type { ContainerRecord } from '../container';
import { parseTime } from './time';

/** `Up 3 minutes (healthy)`, `Exited (0) 2 hours ago`, `Created`: the STATUS column. */
export function statusText(record: ContainerRecord, now: bigint): string {
  const { state } = record;
  switch (state.state) {
    case 'created':
      return 'Created';
    case 'running':
      return `Up ${ageSince(state.startedAt, now)}${state.health ? ` (${healthText(state.health.status)})` : ''}`;
    case 'paused':
      return `Up ${ageSince(state.startedAt, now)} (Paused)`;
    case 'restarting':
      return `Restarting (${state.exitCode}) ${ageSince(state.finishedAt, now)} ago`;
    case 'exited':
      return `Exited (${state.exitCode}) ${ageSince(state.finishedAt, now)} ago`;
    case 'dead':
      return 'Dead';
  }
}

const healthText = (status: string) => (status === 'starting' ? 'health: starting' : status);

function ageSince(time: string, now: bigint): string {
  return humanDuration(now - (parseTime(time) ?? now));
}

/** Nanoseconds in words, as go-units says them: `Less than a second`, `About a minute`, `3 weeks`. */
export function humanDuration(nanoseconds: bigint): string {
  const seconds = Number(nanoseconds / 1_000_000_000n);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.floor(seconds / 60);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.floor(seconds / 3600 + 0.5);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`;
  if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`;
  return `${Math.floor(seconds / 3600 / 24 / 365)} years`;
}
