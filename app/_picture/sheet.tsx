import type { ReactNode } from 'react';
import { at, type Plane, points } from './geometry';

/**
 * A writable sheet: tracing paper in its owner's colour, ruled faintly, with one corner turned up. Whatever colour
 * `--owner` has where it stands.
 */
export function Sheet({
  plane,
  dim = false,
  strong = false,
  children,
}: {
  readonly plane: Plane;
  /** Its container does not run. */
  readonly dim?: boolean;
  readonly strong?: boolean;
  readonly children?: ReactNode;
}) {
  const fold = Math.min(0.1, 20 / plane.wide);
  const deepFold = Math.min(0.17, (fold * plane.wide) / plane.deep);
  const outline = points(
    at(plane, 0, 0),
    at(plane, 1 - deepFold, 0),
    at(plane, 1, fold),
    at(plane, 1, 1),
    at(plane, 0, 1),
  );
  const corner = points(at(plane, 1 - deepFold, 0), at(plane, 1, fold), at(plane, 1 - deepFold, fold));
  const rules = [0.2, 0.4, 0.6, 0.8];
  return (
    <g>
      <polygon points={outline} transform="translate(0 5)" fill="var(--shadow)" />
      <polygon
        points={outline}
        fill="color-mix(in oklab, var(--card), var(--owner) 30%)"
        fillOpacity={dim ? 0.34 : 0.74}
        stroke="var(--owner)"
        strokeWidth={strong ? 2.6 : 1.5}
        strokeDasharray={dim ? '5 4' : undefined}
        strokeLinejoin="round"
      />
      {plane.wide > 90 &&
        rules.map((w) => {
          const [a, b] = [at(plane, 0.02, w), at(plane, 0.98, w)];
          return <line key={w} x1={a.x} y1={a.y} x2={b.x} y2={b.y} stroke="var(--owner)" strokeOpacity={0.16} />;
        })}
      <polygon points={corner} fill="color-mix(in oklab, var(--card), var(--owner) 62%)" />
      {children}
    </g>
  );
}
