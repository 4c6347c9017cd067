/** The terminal's own code, for a page that leads to one: asked for before it is needed. What fails is asked for again then. */
export const loadScreen = () => import('./screen');

export function fetchAhead(): void {
  loadScreen().catch(() => {});
}
