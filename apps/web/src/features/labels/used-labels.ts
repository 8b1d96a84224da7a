import { mergeLabels } from '@quarterdeck/contract/label';
import { useLive } from '../../connection/live-store.ts';

/** Every label on the board, sorted. Looks at every card: for the moment someone asks, not for every frame. */
export function usedLabels(): readonly string[] {
  const borne = [...useLive.getState().board.cards.values()].flatMap(({ labels }) => labels);
  return mergeLabels(borne, {}).sort((one, other) => one.localeCompare(other));
}
