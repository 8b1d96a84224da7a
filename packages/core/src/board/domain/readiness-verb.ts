import type { Task } from '@quarterdeck/contract/task';
import type { TaskVerb } from '@quarterdeck/contract/transitions';

/**
 * The verb that brings a waiting task where its parents and its start time put it, or null when it is right where it is.
 * A task a person holds is left alone.
 */
export function readinessVerb(
  task: Task,
  facts: { readonly openParents: number; readonly now: number },
): TaskVerb | null {
  const isLater = task.scheduledAt !== null && task.scheduledAt > facts.now;
  if (task.status === 'ready') return facts.openParents > 0 ? 'demote' : null;
  if (task.status === 'scheduled') {
    if (isLater) return null;
    return facts.openParents > 0 ? 'demote' : 'promote';
  }
  if (task.status !== 'todo' || task.isHeld || facts.openParents > 0) return null;
  return isLater ? 'schedule' : 'promote';
}
