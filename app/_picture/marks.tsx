import type { ChangeView } from '../_view';
import { changeColour, glyphs } from './change';
import { at, type Plane, towards } from './geometry';
import { rowStep, Written } from './written';

/** What a sheet in a fan says: lines while there is room to read them, else small glyphs, as many as fit. */
export function Marks({ plane, changes }: { readonly plane: Plane; readonly changes: readonly ChangeView[] }) {
  const written = changes.filter((change) => !change.onTheWay);
  const pitch = plane.deep * rowStep(written.length) * 2 * towards.y;
  const size = Math.min(12, plane.wide / 13, pitch * 0.9);
  if (plane.wide < 130 || size < 8.5) return <Glyphs plane={plane} changes={written} />;
  const most = Math.floor((plane.wide * 0.95 - size * 2) / (size * 0.61));
  return written.map((change, row) => (
    <g key={change.path} className="appear">
      <Written change={change} row={row} rows={written.length} sheet={plane} most={most} size={size} />
    </g>
  ));
}

function Glyphs({ plane, changes }: { readonly plane: Plane; readonly changes: readonly ChangeView[] }) {
  const scale = Math.max(0.5, Math.min(1, plane.deep / 44));
  const columns = Math.max(1, Math.floor(plane.wide / (17 * scale)));
  const rows = Math.max(1, Math.floor(plane.deep / (19 * scale)));
  return changes.slice(0, columns * rows).map((change, i) => {
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
