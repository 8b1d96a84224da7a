import type { TaskCard } from '@quarterdeck/contract/task';
import { matchesText } from './group-cards.ts';

interface Wanted {
  readonly text: string;
  readonly most: number;
  /** Ids that are no answer. */
  readonly exclude?: readonly string[];
}

/** The cards a text may mean: open ones first, and of those the ones that changed last. */
export function findCards(cards: Iterable<TaskCard>, { text, most, exclude = [] }: Wanted): TaskCard[] {
  const wanted = text.trim() || undefined;
  const found: TaskCard[] = [];
  for (const card of cards) {
    const last = found.at(most - 1);
    if (last && isNearer(last, card)) continue;
    if (exclude.includes(card.id) || !matchesText(card, wanted)) continue;
    const place = found.findIndex((other) => isNearer(card, other));
    found.splice(place < 0 ? found.length : place, 0, card);
    found.length = Math.min(found.length, most);
  }
  return found;
}

function isNearer(left: TaskCard, right: TaskCard): boolean {
  const isOver = ({ status }: TaskCard) => status === 'done' || status === 'archived';
  if (isOver(left) !== isOver(right)) return isOver(right);
  return left.updatedAt > right.updatedAt;
}
