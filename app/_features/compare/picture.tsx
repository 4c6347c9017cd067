'use client';
import { useEffect, useState } from 'react';

/** A file's bytes as a picture. An `img` runs no script, not even an SVG's. */
export function Picture({
  bytes,
  type,
  label,
}: {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly label: string;
}) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes as BlobPart], { type }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, type]);
  return url ? (
    // biome-ignore lint/performance/noImgElement: the bytes are here already
    <img src={url} alt={label} className="max-h-72 max-w-full rounded-lg border border-line bg-white object-contain" />
  ) : null;
}
