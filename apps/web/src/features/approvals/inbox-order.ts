import type { Proposal } from '@quarterdeck/contract/proposal';

/** Who has waited longest comes first. */
export function oldestFirst(proposals: Iterable<Proposal>): readonly Proposal[] {
  return [...proposals].sort(
    (left, right) => left.createdAt - right.createdAt || (left.id < right.id ? -1 : 1),
  );
}

/** The proposal a step away in the list; the same one at its ends. */
export function stepTo(proposals: readonly Pick<Proposal, 'id'>[], current: string | undefined, by: number) {
  const at = proposals.findIndex(({ id }) => id === current);
  return proposals[Math.min(proposals.length - 1, Math.max(0, at + by))]?.id;
}
