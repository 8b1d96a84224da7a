export type Direction = 'up' | 'down' | 'left' | 'right';

/** The card that a step leads to; the first card when none is current, and the same one at an edge. */
export function nextCard(
  columns: readonly (readonly string[])[],
  current: string | null,
  direction: Direction,
): string | null {
  const filled = columns.filter((column) => column.length > 0);
  const at = filled.findIndex((column) => current !== null && column.includes(current));
  if (at < 0) return filled[0]?.[0] ?? null;
  const column = filled[at] ?? [];
  const row = column.indexOf(current ?? '');
  if (direction === 'up' || direction === 'down') {
    return column[row + (direction === 'down' ? 1 : -1)] ?? current;
  }
  const beside = filled[at + (direction === 'right' ? 1 : -1)];
  return beside?.[Math.min(row, beside.length - 1)] ?? current;
}
