import type { TaskStatus } from '@quarterdeck/contract/status';
import type { TaskCard } from '@quarterdeck/contract/task';
import type { BoardDraft } from './board-draft.ts';

const isSatisfied = (status: TaskStatus) => status === 'done' || status === 'archived';

/**
 * The parts of a card that follow from links and other tasks' statuses. A task that is not on the board is archived,
 * and an archived parent holds nothing back.
 */
export function deriveFromLinks(
  state: Pick<BoardDraft['now'], 'cards' | 'parentsOf' | 'childrenOf'>,
  id: string,
): Pick<TaskCard, 'linkCounts' | 'progress' | 'waitsFor'> {
  const parents = state.parentsOf.get(id) ?? [];
  const children = state.childrenOf.get(id) ?? [];
  const statusOf = (taskId: string) => state.cards.get(taskId)?.status ?? 'archived';
  const done = children.filter((child) => statusOf(child) === 'done').length;
  return {
    linkCounts: { parents: parents.length, children: children.length },
    progress: children.length > 0 ? { done, total: children.length } : null,
    waitsFor: parents.filter((parent) => !isSatisfied(statusOf(parent))) as TaskCard['waitsFor'],
  };
}

/** Works out again what follows from links, for these cards and for their parents and children. */
export function rederiveAround(draft: BoardDraft, ids: readonly string[]): void {
  const { parentsOf, childrenOf } = draft.now;
  const touched = new Set(
    ids.flatMap((id) => [id, ...(parentsOf.get(id) ?? []), ...(childrenOf.get(id) ?? [])]),
  );
  for (const id of touched) {
    const card = draft.now.cards.get(id);
    if (card) draft.putCard({ ...card, ...deriveFromLinks(draft.now, id) });
  }
}
