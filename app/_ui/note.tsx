import type { ReactNode } from 'react';

type Tone = 'calm' | 'warn' | 'wrong' | 'good';

const tones: Readonly<Record<Tone, string>> = {
  calm: 'bg-host-wash text-host-ink',
  warn: 'bg-chg-wash text-chg',
  wrong: 'bg-del-wash text-del',
  good: 'bg-add-wash text-add',
};

/** A sentence that stands out. `live` is read aloud when it appears. */
export function Note({
  tone = 'calm',
  live = false,
  children,
  className = '',
}: {
  readonly tone?: Tone;
  readonly live?: boolean;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return (
    <div
      role={live ? (tone === 'wrong' ? 'alert' : 'status') : undefined}
      className={`rounded-[10px] px-3.5 py-2.5 ${tones[tone]} ${className}`}
    >
      {children}
    </div>
  );
}
