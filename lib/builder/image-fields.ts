import type { ImageFields, ImageHistory } from '../image';
import type { StagePlan } from './stage-plan';

/** A finished stage as the fields of an image, layers apart. `now` is for an image that nothing dates. */
export function imageFields(
  plan: StagePlan,
  written: readonly ImageHistory[],
  labels: Readonly<Record<string, string>>,
  now: string,
): Omit<ImageFields, 'diffIds'> {
  const { settings, author, platform } = plan;
  const Labels = Object.keys(labels).length > 0 ? { ...settings.Labels, ...labels } : settings.Labels;
  const history = withTimes(written, now);
  const [os, architecture, variant] = platform.split('/');
  const config = Object.fromEntries(Object.entries({ ...settings, Labels }).filter(([, value]) => value !== undefined));
  return { config, history, created: history.at(-1)?.created ?? now, author, os, architecture, variant };
}

/** Steps without a layer get the time of the first new layer after them, or of the last one before. */
export function withTimes(history: readonly ImageHistory[], now: string): ImageHistory[] {
  const firstOpen = history.findIndex(({ created }) => created === undefined);
  const after = firstOpen < 0 ? undefined : history.slice(firstOpen).find(({ created }) => created !== undefined);
  let last = after?.created ?? history.findLast(({ created }) => created !== undefined)?.created ?? now;
  let open = false;
  return history.map((entry) => {
    if (entry.created === undefined) {
      open = true;
      return { created: last, ...entry };
    }
    if (open) last = entry.created;
    return entry;
  });
}
