'use client';
import { useMemo } from 'react';
import { renderSVG } from 'uqr';
import { showCode } from '../../../lib/classroom';
import { useSay } from '../../_i18n/language';
import { Copy } from '../../_ui';

const spoken: Readonly<Record<string, string>> = Object.fromEntries(
  'Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu'
    .split(' ')
    .map((word) => [word[0]!, word]),
);

/** How people come in: the code large and spelled out, a link, and a QR code. `link` is whole: `http://host/join/CODE`. */
export function Share({
  code,
  link,
  compact = false,
}: {
  readonly code: string;
  readonly link: string;
  readonly compact?: boolean;
}) {
  const say = useSay();
  const aloud = [...code].map((letter) => spoken[letter] ?? letter).join(' · ');
  return (
    <div
      className={`grid items-center gap-5 ${compact ? 'grid-cols-[96px_minmax(0,1fr)]' : 'sm:grid-cols-[220px_minmax(0,1fr)]'}`}
    >
      <QrCode text={link} label={say('share.qr', { link })} />
      <div className="grid min-w-0 gap-2">
        <div className="text-sm text-soft">{say('share.code')}</div>
        <div className={`font-mono font-bold tracking-[0.14em] ${compact ? 'text-2xl' : 'text-5xl'}`}>
          {showCode(code)}
        </div>
        <div className="text-sm text-soft">{aloud}</div>
        <div className="mt-1 flex flex-wrap items-center gap-2">
          <code className="min-w-0 text-sm break-all">{link}</code>
          <Copy text={link} label={say('share.copy')} done={say('share.copied')} />
        </div>
      </div>
    </div>
  );
}

/** Always dark on light, with its quiet border: cameras expect that in both themes. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const svg = useMemo(() => `data:image/svg+xml,${encodeURIComponent(renderSVG(text, { border: 2 }))}`, [text]);
  // biome-ignore lint/performance/noImgElement: a data URL has nothing to optimise
  return <img src={svg} alt={label} className="aspect-square w-full rounded-lg bg-white" />;
}
