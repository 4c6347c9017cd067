import type { ReactNode } from 'react';
import { at, leftFace, type Plane, rightFace, standing, surface } from './geometry';

/** A read-only layer: solid stone with its title on the long face. `tone` from 0 (bottom) to 1 (top). */
export function Slab({
  plane,
  height,
  tone,
  title,
  note,
  lit = false,
  children,
}: {
  readonly plane: Plane;
  readonly height: number;
  readonly tone: number;
  readonly title: string;
  readonly note?: string;
  readonly lit?: boolean;
  readonly children?: ReactNode;
}) {
  const stone = `color-mix(in oklab, var(--stone-0), var(--stone-9) ${Math.round(tone * 100)}%)`;
  const type = Math.min(13, height * 0.62);
  const room = Math.floor((plane.wide - 26) / (type * 0.61));
  const fits = note ? room - note.length - 2 : room;
  return (
    <g>
      <polygon points={leftFace(plane, height)} fill={`color-mix(in oklab, ${stone}, black 26%)`} />
      <polygon points={rightFace(plane, height)} fill={`color-mix(in oklab, ${stone}, black 12%)`} />
      <polygon
        points={surface(plane)}
        fill={stone}
        stroke={lit ? 'var(--accent)' : `color-mix(in oklab, ${stone}, white 22%)`}
        strokeWidth={lit ? 2.5 : 0.8}
      />
      <g transform={standing(at(plane, 1, 0))} fontSize={type} fill="var(--stone-ink)" fontFamily="var(--font-mono)">
        <text x={12} y={height / 2 + type * 0.36}>
          {shorten(title, fits)}
        </text>
        {note && (
          <text x={plane.wide - 12} y={height / 2 + type * 0.36} textAnchor="end" fillOpacity={0.82}>
            {note}
          </text>
        )}
      </g>
      {children}
    </g>
  );
}

function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
}
