'use client';
import type { KeyboardEvent } from 'react';
import type { ChangeView, LayerView } from '../_view';
import { fan } from './fan';
import { at, lifted, type Plane, size } from './geometry';
import { Marks } from './marks';
import { ownerStyle } from './owner';
import { layerPlane, Pile, pileOf } from './pile';
import { Sheet } from './sheet';

export interface SheetDrawn {
  readonly id: string;
  /** Short, under the sheet. */
  readonly label: string;
  /** A sentence: whose, what it changes. */
  readonly sentence: string;
  readonly colour: number;
  readonly changes: readonly ChangeView[];
  readonly dim?: boolean;
}

/** One image below, everybody's sheets above it. Sheets can be picked when `onPick` is given. */
export function ClassStack({
  layers,
  label,
  sheets,
  sentence,
  width = 660,
  field = 330,
  picked,
  onPick,
}: {
  readonly layers: readonly LayerView[];
  readonly label?: string;
  readonly sheets: readonly SheetDrawn[];
  /** The whole picture in words. */
  readonly sentence: string;
  readonly width?: number;
  /** Height kept for the sheets. */
  readonly field?: number;
  readonly picked?: readonly string[];
  readonly onPick?: (id: string) => void;
}) {
  const whole = (width - 24) / 0.9386;
  const shape = { deep: whole * 0.32, wide: whole * 0.68 };
  const extent = size(shape);
  const pile = pileOf(layers.length);
  const base: Plane = { ...shape, x: 12, y: field + extent.up * 0.72 + pile.total };
  const top = layerPlane(base, Math.max(0, layers.length - 1), layers.length);
  const height = base.y + extent.below + pile.height + 10;
  const places = fan(sheets.length, { width: width - 16, height: field });
  return (
    <svg
      viewBox={`0 0 ${width} ${Math.round(height)}`}
      className="block h-auto w-full"
      role={onPick ? 'group' : 'img'}
      aria-label={sentence}
    >
      <Pile base={base} layers={layers} label={label} />
      {sheets.map((sheet, i) => (
        <Beam key={sheet.id} from={{ ...places[i]!, x: places[i]!.x + 8 }} to={top} colour={sheet.colour} />
      ))}
      {sheets.map((sheet, i) => (
        <Hung
          key={sheet.id}
          plane={{ ...places[i]!, x: places[i]!.x + 8 }}
          sheet={sheet}
          picked={picked?.includes(sheet.id) ?? false}
          onPick={onPick}
        />
      ))}
    </svg>
  );
}

/** A dotted line straight down from a sheet to the image it stands on. */
function Beam({ from, to, colour }: { readonly from: Plane; readonly to: Plane; readonly colour: number }) {
  const middle = at(from, 0.5, 0.5);
  const share = Math.max(0.06, Math.min(0.94, (middle.x - to.x) / size(to).width));
  const end = at(to, share, share);
  return (
    <line
      style={ownerStyle(colour)}
      x1={middle.x}
      y1={middle.y}
      x2={end.x}
      y2={Math.min(end.y, at(to, 0.5, 0.5).y)}
      stroke="var(--owner)"
      strokeOpacity={0.38}
      strokeDasharray="2 5"
    />
  );
}

function Hung({
  plane,
  sheet,
  picked,
  onPick,
}: {
  readonly plane: Plane;
  readonly sheet: SheetDrawn;
  readonly picked: boolean;
  readonly onPick?: (id: string) => void;
}) {
  const near = at(plane, 1, 0);
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onPick?.(sheet.id);
  };
  const acts = onPick
    ? {
        role: 'button',
        tabIndex: 0,
        'aria-pressed': picked,
        onClick: () => onPick(sheet.id),
        onKeyDown: press,
        className: 'settle cursor-pointer',
      }
    : { className: 'settle' };
  return (
    <g style={ownerStyle(sheet.colour)} {...acts}>
      <title>{sheet.sentence}</title>
      <Sheet plane={picked ? lifted(plane, 4) : plane} dim={sheet.dim} strong={picked} />
      <Marks plane={picked ? lifted(plane, 4) : plane} changes={sheet.changes} />
      {plane.wide > 34 && (
        <text
          x={near.x + plane.deep * 0.12}
          y={near.y + 14}
          textAnchor="middle"
          fontSize={Math.min(13, 9 + plane.wide / 40)}
          fontWeight={picked ? 700 : 500}
          fill="var(--ink)"
        >
          {sheet.label}
        </text>
      )}
    </g>
  );
}
