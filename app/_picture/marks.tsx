import type { ChangeView } from '../_view';
import { changeColour, glyphs } from './change';
import { at, type Plane } from './geometry';

/** Small glyphs on a small sheet, one a change, as many as fit. */
export function Marks({ plane, changes }: { readonly plane: Plane; readonly changes: readonly ChangeView[] }) {
  const written = changes.filter((change) => !change.onTheWay);
  const scale = Math.max(0.5, Math.min(1, plane.deep / 44));
  const columns = Math.max(1, Math.floor(plane.wide / (17 * scale)));
  const rows = Math.max(1, Math.floor(plane.deep / (19 * scale)));
  return written.slice(0, columns * rows).map((change, i) => {
    const { x, y } = at(plane, (Math.floor(i / columns) + 0.6) / (rows + 0.2), ((i % columns) + 0.6) / (columns + 0.2));
    return (
      <g key={change.path} transform={`translate(${x} ${y}) scale(${scale})`} className="appear">
        <rect x={-6} y={-6} width={12} height={12} rx={3} fill={changeColour[change.kind]} />
        <text
          y={4.4}
          textAnchor="middle"
          fontSize={13}
          fontWeight={800}
          fill="var(--card)"
          fontFamily="var(--font-mono)"
        >
          {glyphs[change.kind]}
        </text>
      </g>
    );
  });
}
