import type { MachineEvent } from '../../lib/machine';
import { eventsSeen } from '../../lib/machine/events';
import type { EventLog } from '../store';
import type { Recalled } from './messages';

/**
 * Events that are read at most to look back: about as many as two hundred commands make, a character at a time. From any of the
 * last 20,000 it is at most a stretch (event-log.ts) down to a kept state; only moments that lie far apart need more.
 */
const farthest = 20_000;
/** Events that are read in one breath: the server's loop goes on in between. */
const portion = 2000;

/** From where to replay, and with what, to be at each of these versions (rising). Those that lie too far back are left out. */
export async function readBack(log: EventLog, stream: string, versions: readonly number[]): Promise<Recalled> {
  const last = versions.at(-1) ?? 0;
  for (const [at, first] of versions.entries()) {
    const kept = await log.kept(stream, first);
    const from = kept?.version ?? 0;
    if (last - from > farthest) continue;
    return { state: kept?.state, parts: await partsFrom(log, stream, from, versions.slice(at)) };
  }
  return { parts: [] };
}

async function partsFrom(log: EventLog, stream: string, from: number, versions: readonly number[]) {
  const parts: { readonly version: number; readonly events: readonly MachineEvent[] }[] = [];
  let at = from;
  for (const version of versions) {
    const events: MachineEvent[] = [];
    while (at < version) {
      const read = await log.read<MachineEvent>(stream, at, Math.min(portion, version - at));
      if (read.upTo === at) return parts;
      at = read.upTo;
      events.push(...eventsSeen(read.events, containersOnly));
    }
    parts.push({ version, events });
  }
  return parts;
}

/** What tells of containers, volumes and images. Most events are keys and their echo. */
const containersOnly = { private: false, person: false };
