'use client';
import { useSay } from '../../_i18n/language';
import { Round } from '../../_picture';
import { Scroll } from '../../_ui';

/** What one container answered. */
export interface Answered {
  readonly seat: string;
  readonly container: string;
  readonly output: string;
  readonly exitCode: number;
  /** Seconds after which it was ended. */
  readonly endedAfter?: number;
}

/** The class's answers, equal ones together, the most frequent first. */
export function RunAnswers({
  answers,
  names,
}: {
  readonly answers: readonly Answered[];
  readonly names: ReadonlyMap<string, { readonly name: string; readonly colour: number }>;
}) {
  const say = useSay();
  if (answers.length === 0) return <p className="text-sm text-soft">{say('teach.nobody')}</p>;
  return (
    <Scroll label={say('teach.answers')} className="max-h-80">
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-2" aria-live="polite">
        {groupAnswers(answers).map((group) => (
          <li key={keyOf(group[0]!)} className="rounded-lg border border-line p-2.5">
            <div className="mb-1.5 flex flex-wrap items-center gap-1.5 text-[13px]">
              <b>{say('groups.count', { n: group.length })}</b>
              {group[0]!.exitCode !== 0 && (
                <span className="text-del">
                  {group[0]!.endedAfter === undefined
                    ? say('teach.exit', { code: group[0]!.exitCode })
                    : say('teach.ended', { n: group[0]!.endedAfter })}
                </span>
              )}
              {group.slice(0, 16).map(({ seat, container }) => (
                <Round
                  key={`${seat} ${container}`}
                  name={names.get(seat)?.name ?? '?'}
                  colour={names.get(seat)?.colour ?? 0}
                  size={20}
                />
              ))}
            </div>
            <pre className="max-h-40 overflow-hidden font-mono text-[12.5px] break-words whitespace-pre-wrap">
              {group[0]!.output || say('teach.silent')}
            </pre>
          </li>
        ))}
      </ul>
    </Scroll>
  );
}

const keyOf = ({ exitCode, endedAfter, output }: Answered) => `${exitCode} ${endedAfter ?? ''} ${output}`;

export function groupAnswers(answers: readonly Answered[]): readonly (readonly Answered[])[] {
  const groups = new Map<string, Answered[]>();
  for (const answer of answers) {
    const key = keyOf(answer);
    groups.set(key, [...(groups.get(key) ?? []), answer]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
}
