import type { TaskCard } from '@quarterdeck/contract/task';

/** Whether the work of a task can be sent back or landed now. */
export function canReview(card: TaskCard): boolean {
  const hasLanded = card.landing?.status === 'landed';
  return card.status === 'review' || (card.status === 'done' && card.branch !== null && !hasLanded);
}
