'use client';
import type { Key } from '../../_i18n';
import { useSay } from '../../_i18n/language';
import { Panel } from '../../_ui';

interface Step {
  readonly say: Key;
  readonly line: (image: string) => string;
}

const steps: readonly Step[] = [
  { say: 'try.images', line: () => 'docker images' },
  { say: 'try.run', line: (image) => `docker run -it --name web ${image} sh` },
  { say: 'try.write', line: () => 'echo "I was here" > /etc/motd' },
  { say: 'try.leave', line: () => 'exit' },
  { say: 'try.diff', line: () => 'docker diff web' },
  { say: 'try.stopped', line: () => 'docker ps -a' },
  { say: 'try.back', line: () => 'docker start -ai web' },
];

/** A short path through the idea, with the class's own image. A line can be typed for you; Enter stays yours. */
export function Try({ image, onType }: { readonly image?: string; readonly onType: (line: string) => void }) {
  const say = useSay();
  return (
    <Panel title={say('try.title')}>
      <p className="mb-3 text-[15px]">{say('try.idea')}</p>
      {!image && <p className="text-soft">{say('try.noImage')}</p>}
      {image && (
        <ol className="grid gap-3">
          {steps.map((step, i) => (
            <li key={step.say} className="grid grid-cols-[22px_minmax(0,1fr)] gap-x-2">
              <span className="grid size-[22px] place-items-center rounded-full bg-host-wash text-xs font-semibold text-host-ink">
                {i + 1}
              </span>
              <div className="min-w-0">
                <p className="text-sm">{say(step.say)}</p>
                <button
                  type="button"
                  onClick={() => onType(step.line(image))}
                  className="group mt-1 flex w-full items-start gap-2 rounded-md bg-paper-deep px-2 py-1 text-left hover:bg-host-wash"
                >
                  <code className="min-w-0 flex-1 text-[12.5px] break-words">{step.line(image)}</code>
                  <span className="shrink-0 text-[12.5px] text-soft group-hover:text-host-ink">{say('try.type')}</span>
                </button>
              </div>
            </li>
          ))}
        </ol>
      )}
      <p className="mt-4 border-t border-line pt-3 text-sm text-soft">{say('try.honest')}</p>
    </Panel>
  );
}
