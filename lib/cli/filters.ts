import type { Filters } from '../engine';
import type { Flags } from './flags';

/** `--filter name=value`, several of a name gathered. Names and values are trimmed, names in lower case. */
export function filtersFrom(flags: Flags): Filters {
  const found: Record<string, string[]> = {};
  for (const text of flags.list('filter')) {
    if (!text) continue;
    const at = text.indexOf('=');
    const name = text.slice(0, at).trim().toLowerCase();
    (found[name] ??= []).push(text.slice(at + 1).trim());
  }
  return found;
}
