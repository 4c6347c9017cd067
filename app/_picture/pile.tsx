'use client';
import { memo } from 'react';
import type { LayerView } from '../_view';
import { layerTitle } from '../_view';
import { at, lifted, type Plane } from './geometry';
import { Slab } from './slab';

/** How thick layers are drawn so that any number of them stays on the page. */
export function pileOf(
  count: number,
  most = 210,
): { readonly height: number; readonly gap: number; readonly total: number } {
  const step = Math.max(9, Math.min(34, most / Math.max(1, count)));
  const height = step * 0.74;
  return { height, gap: step - height, total: step * count };
}

/** The plane of layer `index` of a pile whose lowest layer lies on `base`. */
export function layerPlane(base: Plane, index: number, count: number, most?: number): Plane {
  const { height, gap } = pileOf(count, most);
  return lifted(base, index * (height + gap));
}

interface PileProps {
  readonly base: Plane;
  readonly layers: readonly LayerView[];
  /** Printed by the lock: the image's reference, and its digest. */
  readonly label?: string;
  readonly digest?: string;
  readonly most?: number;
  /** Layers that something points at. */
  readonly lit?: ReadonlySet<number>;
}

/** An image's layers from the bottom up, locked. */
export const Pile = memo(function Pile({ base, layers, label, digest, most, lit }: PileProps) {
  const { height } = pileOf(layers.length, most);
  const top = layerPlane(base, Math.max(0, layers.length - 1), layers.length, most);
  return (
    <g>
      {layers.map((layer, index) => (
        <Slab
          // biome-ignore lint/suspicious/noArrayIndexKey: two layers may be equal; their places differ
          key={`${index}${layer.digest}`}
          plane={layerPlane(base, index, layers.length, most)}
          height={height}
          tone={layers.length === 1 ? 0.6 : index / (layers.length - 1)}
          title={layerTitle(layer.createdBy)}
          note={base.wide > 220 ? layer.digest.slice(7, 15) : undefined}
          lit={lit?.has(index) ?? false}
        />
      ))}
      <Lock plane={top} label={label} digest={digest} />
    </g>
  );
}, samePile);

function samePile(before: PileProps, now: PileProps): boolean {
  const { x, y, deep, wide } = before.base;
  if (x !== now.base.x || y !== now.base.y || deep !== now.base.deep || wide !== now.base.wide) return false;
  const same = before.layers === now.layers && before.label === now.label && before.digest === now.digest;
  return same && before.most === now.most && before.lit === now.lit;
}

function Lock({ plane, label, digest }: { readonly plane: Plane; readonly label?: string; readonly digest?: string }) {
  const { x, y } = at(plane, 0.5, 0.5);
  const scale = Math.min(1.15, plane.deep / (digest ? 150 : 120));
  return (
    <g
      transform={`translate(${x} ${digest ? y - 11 * scale : y}) scale(${scale})`}
      stroke="var(--stone-ink)"
      fill="none"
      strokeWidth={2.2}
    >
      <rect x={-11} y={-4} width={22} height={16} rx={3} fill="var(--stone-ink)" fillOpacity={0.16} />
      <path d="M-6,-4 v-5 a6,6 0 0 1 12,0 v5" />
      {label && (
        <text
          y={32}
          textAnchor="middle"
          stroke="none"
          fill="var(--stone-ink)"
          fontSize={13}
          fontWeight={600}
          fontFamily="var(--font-mono)"
        >
          {label}
          {digest && (
            <tspan x={0} dy={14} fontSize={10.5} fontWeight={500}>
              {digest.replace(/^sha256:/, '').slice(0, 12)}
            </tspan>
          )}
        </text>
      )}
    </g>
  );
}
