'use client';
import { type KeyboardEvent, memo, useMemo } from 'react';
import { useGrowing } from '../_ui';
import type { ChangeView, LayerView, Signs } from '../_view';
import { EdgeDigests, edgesOf } from './edges';
import { fan } from './fan';
import { at, lifted, type Plane, size } from './geometry';
import { Marks } from './marks';
import { ownerStyle } from './owner';
import { layerPlane, Pile, pileOf } from './pile';
import { Sheet } from './sheet';
import { SignRow } from './signs';

export interface SheetDrawn {
  readonly id: string;
  /** Whose place it keeps in the picture, when not its id's: a group's, whose first member changes. */
  readonly place?: string;
  /** Short, under the sheet. */
  readonly label: string;
  /** A sentence: whose, what it changes. */
  readonly sentence: string;
  readonly colour: number;
  readonly changes: readonly ChangeView[];
  readonly dim?: boolean;
  /** Digest of the image that it stands on, printed on its right edge. */
  readonly standsOn?: string;
  /** Digest of its own state, printed on its left edge where there is room. */
  readonly state?: string;
  /** How many of those it stands for ask, are stuck, are quiet. */
  readonly signs?: Signs;
}

/** Room above the highest sheets, for the signs over their corners. */
const above = 10;

/** More sheets than this come and change without moving: a crowd that flickers says nothing. */
const mostMoving = 40;

/** Sheets that are drawn in one step. */
const atOnce = 16;

/** One image below, everybody's sheets above it. Sheets can be picked when `onPick` is given. */
export function ClassStack({
  layers,
  label,
  digest,
  sheets,
  sentence,
  width = 660,
  field = 330,
  picked,
  onPick,
}: {
  readonly layers: readonly LayerView[];
  readonly label?: string;
  /** The image's, printed below its label. */
  readonly digest?: string;
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
  const count = sheets.length;
  // All have their places; of a crowd the first are laid at once, the others in a few steps.
  const hung = sheets.slice(0, useGrowing(count, atOnce));
  const places = useMemo(
    () => fan(count, { width: width - 16, height: field }).map((place) => ({ ...place, x: place.x + 8 })),
    [count, width, field],
  );
  return (
    <svg
      viewBox={`0 ${-above} ${width} ${Math.round(height) + above}`}
      className={`block h-auto w-full ${count > mostMoving ? 'still' : ''}`}
      role={onPick ? 'group' : 'img'}
      aria-label={sentence}
    >
      <Pile base={base} layers={layers} label={label} digest={digest} />
      {hung.map((sheet, i) => (
        <Beam key={sheet.place ?? sheet.id} from={places[i]!} to={top} colour={sheet.colour} />
      ))}
      {hung.map((sheet, i) => (
        <Hung
          key={sheet.place ?? sheet.id}
          plane={places[i]!}
          sheet={sheet}
          picked={picked?.includes(sheet.id) ?? false}
          onPick={onPick}
        />
      ))}
    </svg>
  );
}

interface BeamProps {
  readonly from: Plane;
  readonly to: Plane;
  readonly colour: number;
}

const samePlane = (a: Plane, b: Plane) => a.x === b.x && a.y === b.y && a.deep === b.deep && a.wide === b.wide;

/** A dotted line straight down from a sheet to the image it stands on. */
const Beam = memo(
  function Beam({ from, to, colour }: BeamProps) {
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
  },
  (before, now) => before.colour === now.colour && samePlane(before.from, now.from) && samePlane(before.to, now.to),
);

interface HungProps {
  readonly plane: Plane;
  readonly sheet: SheetDrawn;
  readonly picked: boolean;
  readonly onPick?: (id: string) => void;
}

/** A sheet in its place. One that only moves is not drawn again. */
const Hung = memo(function Hung({ plane, sheet, picked, onPick }: HungProps) {
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
      <g transform={`translate(${plane.x} ${plane.y})`}>
        <Paper deep={plane.deep} wide={plane.wide} picked={picked} {...sheet} />
      </g>
    </g>
  );
}, sameHung);

function sameHung(before: HungProps, now: HungProps): boolean {
  if (before.picked !== now.picked || before.onPick !== now.onPick || !samePlane(before.plane, now.plane)) return false;
  return before.sheet.sentence === now.sheet.sentence && samePaper(before.sheet, now.sheet);
}

type PaperProps = SheetDrawn & { readonly deep?: number; readonly wide?: number; readonly picked?: boolean };

/** What a sheet looks like, wherever it hangs. */
const Paper = memo(function Paper({ deep = 0, wide = 0, picked = false, ...sheet }: PaperProps) {
  const flat: Plane = { x: 0, y: 0, deep, wide };
  const near = at(flat, 1, 0);
  const lies = picked ? lifted(flat, 4) : flat;
  const edges = edgesOf(flat);
  const fontSize = Math.min(13, 9 + wide / 40);
  const printed = sheet.state && edges.left > 0;
  return (
    <>
      <Sheet plane={lies} dim={sheet.dim} strong={picked} />
      <Marks plane={lies} changes={sheet.changes} />
      <EdgeDigests plane={lies} edges={edges} standsOn={sheet.standsOn} state={sheet.state} />
      {sheet.signs && <SignRow counts={fitting(sheet.signs, wide)} {...signPlace(lies)} />}
      {wide > 34 && (
        <text
          x={near.x + deep * 0.12}
          // Below the digest that ends at the near corner.
          y={near.y + (printed ? edges.size + 1 + fontSize : 14)}
          textAnchor="middle"
          fontSize={fontSize}
          fontWeight={picked ? 700 : 500}
          fill="var(--ink)"
        >
          {shortened(sheet.label, size(flat).width / (fontSize * letter))}
        </text>
      )}
    </>
  );
}, samePaper);

/** Of a letter of a name, as a share of its size. */
const letter = 0.56;

const shortened = (text: string, most: number) =>
  text.length <= most ? text : `${text.slice(0, Math.max(2, Math.floor(most) - 1)).trimEnd()}…`;

/** On a small sheet whoever asks or is stuck comes before those who are only quiet. */
function fitting(counts: Signs, wide: number): Signs {
  return wide < 60 && counts.asks + counts.stuck > 0 ? { ...counts, idle: 0 } : counts;
}

/** Signs stand over the far corner, where nothing is written. */
function signPlace(plane: Plane) {
  const corner = at(plane, 0.08, 0.97);
  const size = Math.max(11, Math.min(22, plane.wide / 4.5));
  return { x: corner.x + size * 0.9, y: corner.y + size * 0.12, size };
}

/** All that is drawn; not the sentence. */
function samePaper(one: PaperProps, other: PaperProps): boolean {
  if (one.deep !== other.deep || one.wide !== other.wide || one.picked !== other.picked) return false;
  if (one.id !== other.id || one.label !== other.label || one.colour !== other.colour) return false;
  if (one.dim !== other.dim || one.standsOn !== other.standsOn || one.state !== other.state) return false;
  return one.changes === other.changes && sameSigns(one.signs, other.signs);
}

function sameSigns(one: Signs | undefined, other: Signs | undefined): boolean {
  return one?.asks === other?.asks && one?.stuck === other?.stuck && one?.idle === other?.idle;
}
