'use client';
import { useHostScreen } from '../../../_client';
import { Terminal } from '../../../_features/terminal';
import { useSay } from '../../../_i18n/language';

/** The host's own terminal, streamed for as long as it is in the spotlight: what stands on it, and nothing else of the computer. */
export function HostTerminal({ code }: { readonly code: string }) {
  const say = useSay();
  const shown = useHostScreen(code);
  if (!shown?.size) return <p className="text-[26px] text-soft">{say('spotlight.noTerminal')}</p>;
  const { user, size, screen, written, inside } = shown;
  return (
    <div className="grid h-full min-h-[60dvh] w-full [&_header]:text-[22px]">
      <Terminal
        {...{ screen, written, inside, user }}
        colour={-1}
        readOnly
        as={{ columns: size.columns, smallest: window.innerWidth < 900 ? 12 : 24 }}
        onType={() => {}}
        onResize={() => {}}
      />
    </div>
  );
}
