import type { TaskCard } from '@quarterdeck/contract/task';

/** Whether an agent can be reached on a task now. */
export function isLive(card: TaskCard | null): boolean {
  const status = card?.run?.status;
  return status === 'claimed' || status === 'starting' || status === 'working';
}
