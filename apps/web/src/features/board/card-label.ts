import type { TaskCard } from '@quarterdeck/contract/task';
import { waitingText } from '@quarterdeck/contract/waiting';
import { STATUS_WORD } from '../../ui/status-word.ts';
import { untilText } from '../../ui/time-text.ts';

/** A card read aloud: what it is, where it stands, whether it needs someone. */
export function cardLabel(card: TaskCard): string {
  const parts = [card.title, card.id, STATUS_WORD[card.status]];
  if (card.assignee) parts.push(`assigned to ${card.assignee}`);
  if (card.pendingApprovals > 0) parts.push('needs you');
  const verdict = verdictText(card);
  if (verdict) parts.push(verdict);
  const why = whyText(card);
  if (why) parts.push(why);
  return parts.join(', ');
}

/** Why a task does not go on, in one line; null when it does. */
export function whyText(card: TaskCard): string | null {
  if (card.status === 'blocked') return card.blockReason ?? card.lastFailure ?? 'blocked without a reason';
  if (isUnlanded(card))
    return card.landing?.status === 'conflict' ? `conflicts with ${card.landing.into}` : 'not landed';
  if (card.status === 'done' || card.status === 'archived' || card.run) return null;
  if (card.status === 'scheduled' && card.scheduledAt !== null)
    return `starts ${untilText(card.scheduledAt, Date.now())}`;
  if (card.waitsFor.length > 0) return `waits for ${listIds(card.waitsFor)}`;
  return card.waiting ? waitingText(card.waiting, Date.now()) : null;
}

/** What a reviewer said of the work, until it is handed in again or the task is over. */
export function verdictText({ verdict, status }: TaskCard): string | null {
  if (!verdict || status === 'done' || status === 'archived') return null;
  return verdict.decision === 'approved' ? `approved by ${verdict.by}` : `${verdict.by} asked for changes`;
}

/** Whether the last attempt to land its work failed. */
export function isUnlanded({ landing }: TaskCard): boolean {
  return Boolean(landing) && landing?.status !== 'landed';
}

function listIds(ids: readonly string[]): string {
  const shown = ids.slice(0, 2).join(', ');
  return ids.length > 2 ? `${shown} and ${ids.length - 2} more` : shown;
}
