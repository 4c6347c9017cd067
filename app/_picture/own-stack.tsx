'use client';
import type { ChangeView, LayerView } from '../_view';
import { changeColour } from './change';
import { type Plane, size, standing } from './geometry';
import { ownerStyle } from './owner';
import { layerPlane, Pile, pileOf } from './pile';
import { Sheet } from './sheet';
import { rowStart, Written } from './written';

const shape = { deep: 150, wide: 268 };
const room = 5;

/** One container: its sheet above the image's layers; what is written on it, and a line down to what each covers. */
export function OwnStack({
  layers,
  label,
  changes,
  colour,
  caption,
  hint,
  sentence,
  dim = false,
  lit,
  more,
}: {
  readonly layers: readonly LayerView[];
  readonly label?: string;
  /** Undefined: no container, hence no sheet. */
  readonly changes?: readonly ChangeView[];
  readonly colour: number;
  readonly caption: string;
  readonly hint: string;
  readonly sentence: string;
  readonly dim?: boolean;
  /** The path that the reader points at in the list beside the picture. */
  readonly lit?: string;
  /** “and 3 more” */
  readonly more?: string;
}) {
  const extent = size(shape);
  const pile = pileOf(layers.length, 190);
  const lift = 66;
  // Below the two lines of words.
  const sheetY = 42 + extent.up;
  const base: Plane = { ...shape, x: 6, y: sheetY + lift + pile.total - pile.height - pile.gap + 18 };
  const sheet: Plane = { ...shape, x: 6, y: sheetY };
  const written = (changes ?? []).filter((change) => !change.onTheWay);
  const shown = written.slice(0, written.length > room ? room - 1 : room);
  const pointed = written.find((change) => change.path === lit)?.covers;
  const height = base.y + extent.below + pile.height + 8;
  return (
    <svg
      viewBox={`0 0 ${Math.round(extent.width + 12)} ${Math.round(height)}`}
      className="block h-auto w-full"
      role="img"
      aria-label={sentence}
      style={ownerStyle(colour)}
    >
      <Pile
        base={base}
        layers={layers}
        label={label}
        most={190}
        lit={new Set(pointed === undefined ? [] : [pointed])}
      />
      {changes &&
        shown.map((change, row) => (
          <Drop key={change.path} change={change} row={row} sheet={sheet} base={base} count={layers.length} />
        ))}
      {changes && (
        <g className="settle">
          <Sheet plane={sheet} dim={dim}>
            {shown.map((change, row) => (
              <g key={`${change.path}${change.kind}`} className={change.kind === 'changed' ? 'rise' : 'appear'}>
                <Written change={change} row={row} sheet={sheet} most={30} strong={change.path === lit} />
              </g>
            ))}
            {more && written.length > room && <More text={more} sheet={sheet} />}
          </Sheet>
        </g>
      )}
      <text x={4} y={15} fontSize={14} fontWeight={640} fill={changes ? 'var(--owner)' : 'var(--soft)'}>
        {caption}
      </text>
      <text x={4} y={32} fontSize={12} fill="var(--soft)">
        {hint}
      </text>
    </svg>
  );
}

function More({ text, sheet }: { readonly text: string; readonly sheet: Plane }) {
  return (
    <text transform={standing(rowStart(sheet, room - 1))} x={20} fontSize={12} fill="var(--soft)">
      {text}
    </text>
  );
}

/** From a line on the sheet down to the layer whose file it covers or hides. */
function Drop({
  change,
  row,
  sheet,
  base,
  count,
}: {
  readonly change: ChangeView;
  readonly row: number;
  readonly sheet: Plane;
  readonly base: Plane;
  readonly count: number;
}) {
  if (change.covers === undefined) return null;
  const from = rowStart(sheet, row);
  const layer = layerPlane(base, change.covers, count, 190);
  const to = rowStart(layer, row);
  return (
    <g stroke={changeColour[change.kind]} fill={changeColour[change.kind]} className="appear">
      <line x1={from.x + 7} y1={from.y} x2={to.x + 7} y2={to.y} strokeWidth={1.6} strokeDasharray="3 4" />
      <circle cx={to.x + 7} cy={to.y} r={3.4} stroke="var(--card)" strokeWidth={1.2} />
    </g>
  );
}
