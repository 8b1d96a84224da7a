import type { TaskCard } from '@quarterdeck/contract/task';

/** Whether the work of a task can be sent back or landed now. */
export function canReview(card: TaskCard): boolean {
  const canLand = card.branch !== null || card.workspaceKind === 'copy';
  const hasLanded = card.landing?.status === 'landed';
  return card.status === 'review' || (card.status === 'done' && canLand && !hasLanded);
}
