'use client';
import { Fingerprint } from './fingerprint';

/** A digest as people compare it: its fingerprint and its first hex digits; whole in the title and for a screen reader. */
export function DigestMark({
  digest,
  size = 20,
  long = false,
}: {
  readonly digest: string;
  readonly size?: number;
  readonly long?: boolean;
}) {
  const hex = digest.replace(/^sha256:/, '');
  return (
    <span className="inline-flex items-center gap-2 align-middle font-mono text-[0.86em]" title={digest}>
      <Fingerprint digest={digest} size={size} />
      <span>
        {long && <span className="text-soft">sha256:</span>}
        {hex.slice(0, 12)}
      </span>
    </span>
  );
}
