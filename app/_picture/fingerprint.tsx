import { memo } from 'react';

/** A small drawing made of a digest's bytes: same bytes, same picture; five by five, mirrored, in two tones. */
export const Fingerprint = memo(function Fingerprint({
  digest,
  size = 20,
}: {
  readonly digest: string;
  readonly size?: number;
}) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 5 5"
      aria-hidden="true"
      shapeRendering="crispEdges"
      className="shrink-0"
    >
      <FingerprintCells digest={digest} />
    </svg>
  );
});

/** The same within a larger drawing, one unit a cell. */
export function FingerprintCells({ digest }: { readonly digest: string }) {
  const bytes = digestBytes(digest);
  const hue = ((bytes[0]! << 8) | bytes[1]!) % 360;
  const all = cells(bytes);
  return (
    <>
      <path
        d={squares(all.filter(({ strong }) => strong))}
        fill={`light-dark(oklch(0.44 0.13 ${hue}), oklch(0.80 0.11 ${hue}))`}
      />
      <path
        d={squares(all.filter(({ strong }) => !strong))}
        fill={`light-dark(oklch(0.66 0.12 ${hue}), oklch(0.58 0.11 ${hue}))`}
      />
    </>
  );
}

const squares = (some: readonly { x: number; y: number }[]) => some.map(({ x, y }) => `M${x} ${y}h1v1h-1z`).join('');

/** The ground, as CSS, that stands for some bytes wherever they appear; without bytes, that of what is deleted. */
export function digestGround(digest: string | undefined): string {
  if (!digest) return 'var(--del-wash)';
  const [, , a = 0, b = 0] = digestBytes(digest);
  const hue = ((a << 8) | b) % 360;
  return `light-dark(oklch(0.93 0.055 ${hue}), oklch(0.31 0.06 ${hue}))`;
}

function cells(bytes: readonly number[]) {
  return Array.from({ length: 15 }, (_, i) => ({ x: i % 3, y: Math.floor(i / 3), byte: bytes[i + 4] ?? 0 }))
    .filter(({ byte }) => byte % 5 > 1)
    .flatMap(({ x, y, byte }) => [x, 4 - x].map((column) => ({ x: column, y, strong: byte % 2 === 0 })))
    .filter((cell, i, all) => all.findIndex((other) => other.x === cell.x && other.y === cell.y) === i);
}

function digestBytes(digest: string): number[] {
  const hex = digest.replace(/^sha256:/, '').padEnd(64, '0');
  return Array.from({ length: 32 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16) || 0);
}
