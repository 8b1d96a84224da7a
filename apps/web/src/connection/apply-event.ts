import type { Event, EventKind } from '@quarterdeck/contract/event';
import type { Proposal } from '@quarterdeck/contract/proposal';
import { glanceAt, lastOf, type Run } from '@quarterdeck/contract/run';
import type { Task, TaskCard } from '@quarterdeck/contract/task';
import { type BoardDraft, changeBoard } from './board-draft.ts';
import { ageAt, type BoardState, bareCard } from './board-state.ts';
import { rederiveAround } from './derive-links.ts';

type Apply = (draft: BoardDraft, event: Event) => void;

/** The board after one more event. An event at or before the cursor was seen already and changes nothing. */
export function applyEvent(state: BoardState, event: Event): BoardState {
  return changeBoard(state, (draft) => takeEvent(draft, event));
}

/** Puts one more event into a draft. */
export function takeEvent(draft: BoardDraft, event: Event): void {
  if (event.seq <= draft.now.cursor) return;
  applierOf(event.kind)?.(draft, event);
  draft.setCursor(event.seq);
}

function applierOf(kind: EventKind): Apply | null {
  if (kind === 'task.commented') return countComment;
  if (kind === 'task.attached') return (draft, event) => countAttachments(draft, event, 1);
  if (kind === 'task.detached') return (draft, event) => countAttachments(draft, event, -1);
  if (kind === 'task.linked') return addLink;
  if (kind === 'task.unlinked') return removeLink;
  if (kind.startsWith('task.')) return putTask;
  if (kind.startsWith('run.')) return putRun;
  if (kind.startsWith('proposal.')) return putProposal;
  return kind.startsWith('project.') ? putProject : null;
}

function putTask(draft: BoardDraft, event: Event): void {
  if ('task' in event.payload) takeTask(draft, event.payload.task, event.at);
}

/** The board with this version of a task; what depends on its status is worked out again. */
export function withTask(state: BoardState, task: Task, at: number): BoardState {
  return changeBoard(state, (draft) => takeTask(draft, task, at));
}

function takeTask(draft: BoardDraft, task: Task, at: number): void {
  const before = draft.now.cards.get(task.id);
  const base = before ?? bareCard(task, at);
  const isMoved = before !== undefined && before.status !== task.status;
  draft.putCard({
    ...base,
    ...task,
    age: ageAt(task, at),
    run: keptRun(base, task),
    lastRun: task.status === 'review' || task.status === 'blocked' ? base.lastRun : null,
    waiting: isMoved ? null : base.waiting,
  });
  if (!before || isMoved) rederiveAround(draft, [task.id]);
}

function keptRun(card: TaskCard, task: Task): TaskCard['run'] {
  return card.run && card.run.id === task.currentRunId ? card.run : null;
}

function putRun(draft: BoardDraft, event: Event): void {
  if ('run' in event.payload) takeRun(draft, event.payload.run);
}

/** A card shows the run its task is in; one that ended or was superseded leaves the card. */
function takeRun(draft: BoardDraft, run: Run): void {
  const card = draft.now.cards.get(run.taskId);
  if (!card) return;
  const isCurrent = card.currentRunId === run.id || card.currentRunId === null;
  if (!isCurrent) return;
  const isOver = run.status === 'ended';
  draft.putCard({
    ...card,
    run: isOver ? null : glanceAt(run),
    lastRun: isOver && run.purpose === 'work' ? lastOf(run) : card.lastRun,
  });
}

function countComment(draft: BoardDraft, event: Event): void {
  const card = event.taskId === null ? undefined : draft.now.cards.get(event.taskId);
  if (card) draft.putCard({ ...card, commentCount: card.commentCount + 1 });
}

function countAttachments(draft: BoardDraft, event: Event, by: 1 | -1): void {
  const card = event.taskId === null ? undefined : draft.now.cards.get(event.taskId);
  if (card) draft.putCard({ ...card, attachmentCount: Math.max(0, card.attachmentCount + by) });
}

function addLink(draft: BoardDraft, event: Event): void {
  if (!('parentId' in event.payload)) return;
  const { parentId, childId } = event.payload;
  if (draft.now.parentsOf.get(childId)?.includes(parentId)) return;
  changeLinks(draft, event.payload, (ids, id) => [...ids, id]);
}

function removeLink(draft: BoardDraft, event: Event): void {
  if (!('parentId' in event.payload)) return;
  changeLinks(draft, event.payload, (ids, id) => ids.filter((other) => other !== id));
}

function changeLinks(
  draft: BoardDraft,
  { parentId, childId }: { readonly parentId: string; readonly childId: string },
  change: (ids: readonly string[], id: string) => string[],
): void {
  const [parentsOf, childrenOf] = [draft.own('parentsOf'), draft.own('childrenOf')];
  parentsOf.set(childId, change(parentsOf.get(childId) ?? [], parentId));
  childrenOf.set(parentId, change(childrenOf.get(parentId) ?? [], childId));
  rederiveAround(draft, [parentId, childId]);
}

function putProposal(draft: BoardDraft, event: Event): void {
  if ('proposal' in event.payload) takeProposal(draft, event.payload.proposal);
}

/** The board with this version of a proposal; the card counts those of its task that still wait. */
export function withProposal(state: BoardState, proposal: Proposal): BoardState {
  return changeBoard(state, (draft) => takeProposal(draft, proposal));
}

function takeProposal(draft: BoardDraft, proposal: Proposal): void {
  const pending = draft.own('pending');
  if (proposal.status === 'pending') pending.set(proposal.id, proposal);
  else pending.delete(proposal.id);
  const card = draft.now.cards.get(proposal.taskId);
  if (!card) return;
  const waiting = [...pending.values()].filter(({ taskId }) => taskId === card.id).length;
  draft.putCard({ ...card, pendingApprovals: waiting });
}

function putProject(draft: BoardDraft, event: Event): void {
  if (!('project' in event.payload)) return;
  const { project } = event.payload;
  draft.own('projects').set(project.id, project);
}
