/**
 * The one projection of every picture: a plane lies with its left corner at (x, y); `deep` runs from there to the corner
 * nearest the reader, `wide` from that one to the right. Up is −y. Units are those of the SVG.
 */
export interface Plane {
  readonly x: number;
  readonly y: number;
  readonly deep: number;
  readonly wide: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Directions of the two edges that meet at the near corner, of length 1. */
const slope = 0.345;
const run = Math.sqrt(1 - slope * slope);
export const towards: Point = { x: run, y: slope };
export const away: Point = { x: run, y: -slope };

/** A place on the plane: `d` along deep and `w` along wide, both 0 to 1. */
export function at(plane: Plane, d: number, w: number): Point {
  return {
    x: plane.x + towards.x * plane.deep * d + away.x * plane.wide * w,
    y: plane.y + towards.y * plane.deep * d + away.y * plane.wide * w,
  };
}

export function points(...corners: readonly Point[]): string {
  return corners.map(({ x, y }) => `${round(x)},${round(y)}`).join(' ');
}

export function surface(plane: Plane): string {
  return points(at(plane, 0, 0), at(plane, 1, 0), at(plane, 1, 1), at(plane, 0, 1));
}

/** The face below the edge towards the reader's left. */
export function leftFace(plane: Plane, height: number): string {
  const [a, b] = [at(plane, 0, 0), at(plane, 1, 0)];
  return points(a, b, down(b, height), down(a, height));
}

/** The long face below the edge towards the reader's right: titles are written on it. */
export function rightFace(plane: Plane, height: number): string {
  const [a, b] = [at(plane, 1, 0), at(plane, 1, 1)];
  return points(a, b, down(b, height), down(a, height));
}

/** Turns upright text at a point so that it stands on the long edge. */
export function standing({ x, y }: Point): string {
  return `matrix(${round(away.x)} ${round(away.y)} 0 1 ${round(x)} ${round(y)})`;
}

export const size = (plane: Pick<Plane, 'deep' | 'wide'>) => ({
  width: run * (plane.deep + plane.wide),
  /** Above and below the left corner. */
  up: slope * plane.wide,
  below: slope * plane.deep,
});

export function lifted(plane: Plane, by: number): Plane {
  return { ...plane, y: plane.y - by };
}

function down({ x, y }: Point, by: number): Point {
  return { x, y: y + by };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
