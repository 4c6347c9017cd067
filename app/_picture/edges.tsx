import { at, type Plane, standing, towards } from './geometry';

/** How many hex digits each edge of a sheet has room for, and how large they are printed. */
export interface Edges {
  readonly size: number;
  readonly right: number;
  readonly left: number;
}

/** Of a mono digit, as a share of its size. */
const digit = 0.61;
const docker = 12;

/** The right edge always says something, be it four digits; the left one only what can be told apart. */
export function edgesOf({ wide, deep }: Plane): Edges {
  const size = Math.max(8.5, Math.min(10, wide / 11));
  const digitsOn = (length: number) => Math.min(docker, Math.floor((length - 3) / (size * digit)));
  const left = digitsOn(deep);
  return { size, right: Math.max(4, digitsOn(wide * 0.8)), left: left >= 8 ? left : 0 };
}

/** Printed along a sheet's two near edges: right the image that it stands on, left what it says itself. */
export function EdgeDigests({
  plane,
  edges,
  standsOn,
  state,
}: {
  readonly plane: Plane;
  readonly edges: Edges;
  readonly standsOn?: string;
  readonly state?: string;
}) {
  const [end, corner] = [at(plane, 1, 1), at(plane, 0, 0)];
  const common = { fontSize: edges.size, fontFamily: 'var(--font-mono)' };
  return (
    <>
      {standsOn && (
        <g transform={standing(end)}>
          <text {...common} x={-2} y={edges.size + 0.5} textAnchor="end" fill="var(--stone-text)">
            {hex(standsOn, edges.right)}
          </text>
        </g>
      )}
      {state && edges.left > 0 && (
        <g transform={`matrix(${towards.x} ${towards.y} 0 1 ${corner.x} ${corner.y})`}>
          <text {...common} x={2} y={edges.size + 0.5} fill="var(--soft)">
            {hex(state, edges.left)}
          </text>
        </g>
      )}
    </>
  );
}

const hex = (digest: string, digits: number) => digest.replace(/^sha256:/, '').slice(0, digits);
