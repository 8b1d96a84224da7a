import type { Event, EventKind } from '@quarterdeck/contract/event';
import type { Proposal } from '@quarterdeck/contract/proposal';
import { glanceAt, type Run } from '@quarterdeck/contract/run';
import type { Task, TaskCard } from '@quarterdeck/contract/task';
import { ageAt, type BoardState, bareCard, rederiveAround } from './board-state.ts';

type Apply = (state: BoardState, event: Event) => BoardState;

/** The board after one more event. An event at or before the cursor was seen already and changes nothing. */
export function applyEvent(state: BoardState, event: Event): BoardState {
  if (event.seq <= state.cursor) return state;
  return { ...appliersOf(event.kind)(state, event), cursor: event.seq };
}

function appliersOf(kind: EventKind): Apply {
  if (kind === 'task.commented') return countComment;
  if (kind === 'task.linked') return addLink;
  if (kind === 'task.unlinked') return removeLink;
  if (kind.startsWith('task.')) return putTask;
  if (kind.startsWith('run.')) return putRun;
  if (kind.startsWith('proposal.')) return putProposal;
  return kind.startsWith('project.') ? putProject : (state) => state;
}

function putTask(state: BoardState, event: Event): BoardState {
  if (!('task' in event.payload)) return state;
  return withTask(state, event.payload.task, event.at);
}

/** The board with this version of a task; what depends on its status is worked out again. */
export function withTask(state: BoardState, task: Task, at: number): BoardState {
  const before = state.cards.get(task.id);
  const base = before ?? bareCard(task, at);
  const isMoved = before !== undefined && before.status !== task.status;
  const card: TaskCard = {
    ...base,
    ...task,
    age: ageAt(task, at),
    run: keptRun(base, task),
    waiting: isMoved ? null : base.waiting,
  };
  const next = { ...state, cards: new Map(state.cards).set(task.id, card) };
  return before && !isMoved ? next : rederiveAround(next, [task.id]);
}

function keptRun(card: TaskCard, task: Task): TaskCard['run'] {
  return card.run && card.run.id === task.currentRunId ? card.run : null;
}

function putRun(state: BoardState, event: Event): BoardState {
  if (!('run' in event.payload)) return state;
  return withRun(state, event.payload.run);
}

/** A card shows the run its task is in; one that ended or was superseded leaves the card. */
function withRun(state: BoardState, run: Run): BoardState {
  const card = state.cards.get(run.taskId);
  if (!card) return state;
  const isCurrent = card.currentRunId === run.id || card.currentRunId === null;
  if (!isCurrent) return state;
  const glance = run.status === 'ended' ? null : glanceAt(run);
  return putCard(state, { ...card, run: glance });
}

function countComment(state: BoardState, event: Event): BoardState {
  const card = event.taskId === null ? undefined : state.cards.get(event.taskId);
  return card ? putCard(state, { ...card, commentCount: card.commentCount + 1 }) : state;
}

function addLink(state: BoardState, event: Event): BoardState {
  if (!('parentId' in event.payload)) return state;
  const { parentId, childId } = event.payload;
  if (state.parentsOf.get(childId)?.includes(parentId)) return state;
  return withLinks(state, parentId, childId, (ids, id) => [...ids, id]);
}

function removeLink(state: BoardState, event: Event): BoardState {
  if (!('parentId' in event.payload)) return state;
  const { parentId, childId } = event.payload;
  return withLinks(state, parentId, childId, (ids, id) => ids.filter((other) => other !== id));
}

function withLinks(
  state: BoardState,
  ...[parentId, childId, change]: [string, string, (ids: readonly string[], id: string) => string[]]
): BoardState {
  const { parentsOf, childrenOf } = state;
  const next = {
    ...state,
    parentsOf: new Map(parentsOf).set(childId, change(parentsOf.get(childId) ?? [], parentId)),
    childrenOf: new Map(childrenOf).set(parentId, change(childrenOf.get(parentId) ?? [], childId)),
  };
  return rederiveAround(next, [parentId, childId]);
}

function putProposal(state: BoardState, event: Event): BoardState {
  if (!('proposal' in event.payload)) return state;
  return withProposal(state, event.payload.proposal);
}

/** The board with this version of a proposal; the card counts those of its task that still wait. */
export function withProposal(state: BoardState, proposal: Proposal): BoardState {
  const pending = new Map(state.pending);
  if (proposal.status === 'pending') pending.set(proposal.id, proposal);
  else pending.delete(proposal.id);
  const next = { ...state, pending };
  const card = state.cards.get(proposal.taskId);
  if (!card) return next;
  const waiting = [...pending.values()].filter(({ taskId }) => taskId === card.id).length;
  return putCard(next, { ...card, pendingApprovals: waiting });
}

function putProject(state: BoardState, event: Event): BoardState {
  if (!('project' in event.payload)) return state;
  const { project } = event.payload;
  return { ...state, projects: new Map(state.projects).set(project.id, project) };
}

function putCard(state: BoardState, card: TaskCard): BoardState {
  return { ...state, cards: new Map(state.cards).set(card.id, card) };
}
