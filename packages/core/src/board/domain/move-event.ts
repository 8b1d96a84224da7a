import type { EventDraft } from '@quarterdeck/contract/event';
import type { RunId } from '@quarterdeck/contract/ids';
import type { ChangesInput } from '@quarterdeck/contract/landing';
import type { Task } from '@quarterdeck/contract/task';
import type { TaskVerb } from '@quarterdeck/contract/transitions';

interface Move {
  readonly before: Task;
  readonly after: Task;
  readonly actor: string;
  readonly byPerson: boolean;
  /** Why, for verbs that need a reason. */
  readonly because?: string;
  /** What a reviewer wants changed. */
  readonly remarks?: ChangesInput;
  readonly runId?: RunId | null;
}

/** The fact that records a move by this verb. */
export function moveEvent(verb: TaskVerb, move: Move): EventDraft {
  const { before, after, actor, byPerson } = move;
  const because = move.because ?? '';
  const subject = { actor, taskId: after.id, projectId: after.projectId, runId: move.runId ?? null };
  const moved = { task: after, from: before.status };
  switch (verb) {
    case 'promote':
      return { ...subject, kind: 'task.promoted', payload: { ...moved, byPerson } };
    case 'demote':
      return { ...subject, kind: 'task.demoted', payload: { ...moved, because } };
    case 'claim':
      return { ...subject, kind: 'task.claimed', payload: { ...moved, runId: after.currentRunId as RunId } };
    case 'release':
      return { ...subject, kind: 'task.released', payload: { ...moved, because, runId: move.runId ?? null } };
    case 'complete':
      return { ...subject, kind: 'task.completed', payload: { ...moved, summary: after.result } };
    case 'requestReview':
      return { ...subject, kind: 'task.review_requested', payload: { ...moved, summary: after.result } };
    case 'requestChanges': {
      const { summary, comments } = move.remarks ?? { summary: '', comments: [] };
      return { ...subject, kind: 'task.changes_requested', payload: { ...moved, summary, comments } };
    }
    case 'block':
      return {
        ...subject,
        kind: 'task.blocked',
        payload: { ...moved, reason: after.blockReason, kind: after.blockKind ?? 'other' },
      };
    case 'unblock':
      return { ...subject, kind: 'task.unblocked', payload: moved };
    case 'schedule':
      return { ...subject, kind: 'task.scheduled', payload: moved };
    case 'triage':
      return { ...subject, kind: 'task.triaged', payload: moved };
    case 'specify':
      return { ...subject, kind: 'task.specified', payload: moved };
    case 'archive':
      return { ...subject, kind: 'task.archived', payload: moved };
    case 'reopen':
      return { ...subject, kind: 'task.reopened', payload: moved };
  }
}
