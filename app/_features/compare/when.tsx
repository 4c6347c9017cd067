'use client';
import type { EarlierPoint } from '../../../lib/protocol';
import type { Language } from '../../../lib/words';
import { type Say, useLanguage, useSay } from '../../_i18n/language';

/** When a side's container is shown, and when else it could be. */
export interface When {
  /** The newest first; undefined until they are known. */
  readonly points?: readonly EarlierPoint[];
  /** Undefined: now. */
  readonly version?: number;
}

/** Characters of a command in a list. */
const longest = 60;

/** `before “rm /etc/group”`: a point in time as a person remembers it. */
export function pointName(say: Say, point: EarlierPoint | undefined): string {
  if (!point) return say('earlier.then');
  const words = point.text?.replace(/\s+/g, ' ') ?? '';
  const text = words.length > longest ? `${words.slice(0, longest)}…` : words;
  if (point.by === 'undo') return say('earlier.beforeUndo');
  if (!text) return say('earlier.beforeCommand');
  if (point.by === 'file') return say('earlier.beforeFile', { path: text });
  return say(point.by === 'run' ? 'earlier.beforeRun' : 'earlier.before', { line: text });
}

function useOption(): (point: EarlierPoint) => string {
  const say = useSay();
  const language = useLanguage();
  return (point) => {
    const time = clockTime(point.at, language);
    const words = say('earlier.point', { what: pointName(say, point), time, n: point.paths });
    return point.undone && point.by !== 'undo' ? say('earlier.undone', { point: words }) : words;
  };
}

const clockTime = (at: number, language: Language) =>
  new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at);

/** Now, or before one of the commands that changed this container. */
export function WhenChoice({
  when: { points, version },
  label,
  onChoose,
}: {
  readonly when: When;
  readonly label: string;
  readonly onChoose: (version: number | undefined) => void;
}) {
  const say = useSay();
  const option = useOption();
  if (points?.length === 0 && version === undefined) return <p className="text-sm text-soft">{say('earlier.none')}</p>;
  const known = version === undefined || points?.some((point) => point.version === version);
  return (
    <select
      aria-label={label}
      value={version ?? 'now'}
      disabled={!points}
      onChange={({ target: { value } }) => onChoose(value === 'now' ? undefined : Number(value))}
      className="w-full rounded-lg border border-line-strong bg-card-high px-2.5 py-1.5 text-sm"
    >
      <option value="now">{say('earlier.now')}</option>
      {!known && <option value={version}>{say('earlier.then')}</option>}
      {points?.map((point) => (
        <option key={point.version} value={point.version}>
          {option(point)}
        </option>
      ))}
    </select>
  );
}
