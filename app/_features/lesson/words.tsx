'use client';
import { useSay } from '../../_i18n/language';

/** Text of a lesson: `code` in backquotes, and IMAGE for the reference of the class's image. */
export function Prose({ text, image }: { readonly text: string; readonly image: string }) {
  const parts = text.replaceAll('IMAGE', image).split('`');
  return (
    <p className="text-[15px]">
      {parts.map((part, i) =>
        i % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one unchanging text
          <code key={i} className="rounded bg-paper-deep px-1 py-0.5 text-[0.9em]">
            {part}
          </code>
        ) : (
          part
        ),
      )}
    </p>
  );
}

/** One way that works, line by line. A line can be typed for you; Enter stays yours. */
export function Lines({
  lines,
  image,
  onType,
}: {
  readonly lines: readonly string[];
  readonly image: string;
  readonly onType: (line: string) => void;
}) {
  const say = useSay();
  return (
    <details open>
      <summary className="cursor-pointer text-sm text-soft">{say('lesson.oneWay')}</summary>
      <ul className="mt-2 grid gap-1.5">
        {lines.map((line) => {
          const typed = line.replaceAll('IMAGE', image);
          return (
            <li key={line}>
              <button
                type="button"
                onClick={() => onType(typed)}
                className="group flex w-full items-start gap-2 rounded-md bg-paper-deep px-2 py-1.5 text-left hover:bg-host-wash"
              >
                <code className="min-w-0 flex-1 text-[12.5px] break-words">{typed}</code>
                <span className="shrink-0 text-[12.5px] text-soft group-hover:text-host-ink">{say('try.type')}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
