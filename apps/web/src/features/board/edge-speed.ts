const EDGE_PX = 64;
const MOST_PX_PER_FRAME = 16;

/** How fast to scroll sideways while something is held near an edge: faster the nearer, 0 away from both. */
export function edgeSpeed(x: number, left: number, right: number): number {
  const near = (distance: number) => Math.min(1, Math.max(0, 1 - distance / EDGE_PX));
  return MOST_PX_PER_FRAME * (near(right - x) - near(x - left));
}
