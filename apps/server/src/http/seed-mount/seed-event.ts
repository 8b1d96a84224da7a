import type { Event, EventKind } from '@quarterdeck/contract/event';
import { toSeconds } from './spelling.ts';

/** An event as the seed's clients know it. */
export interface SeedEvent {
  readonly id: number;
  readonly task_id: string;
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>> | null;
  readonly created_at: number;
}

type TaskEventKind = Extract<EventKind, `task.${string}`>;
type TaskEvent<K extends TaskEventKind = TaskEventKind> = Extract<Event, { kind: K }>;
type Told = Pick<SeedEvent, 'kind' | 'payload'>;
type Tellers = { readonly [K in TaskEventKind]: (event: TaskEvent<K>) => Told };

/**
 * What each of our facts is called on the seed's mount, and the few fields its payload has there. The seed has one word,
 * `status`, for every move that none of its verbs makes.
 */
const TELLERS: Tellers = {
  'task.created': ({ payload: { task } }) =>
    told('created', { assignee: task.assignee, status: task.status, tenant: task.tenant }),
  'task.edited': ({ payload: { task, fields } }) =>
    fields.length === 1 && fields[0] === 'priority'
      ? told('priority', { priority: task.priority })
      : told('edited', { fields }),
  'task.assigned': ({ payload: { task, from } }) => told('assigned', { assignee: task.assignee, from }),
  'task.promoted': (event) => (event.payload.byPerson ? moved(event) : told('promoted', null)),
  'task.demoted': moved,
  'task.claimed': ({ payload: { task, runId } }) =>
    told('claimed', {
      lock: task.claimLock,
      expires: task.claimExpiresAt === null ? null : toSeconds(task.claimExpiresAt),
      run_id: runId,
    }),
  'task.released': ({ payload: { because, runId } }) => told('reclaimed', { reason: because, run_id: runId }),
  'task.completed': ({ payload: { task, summary } }) =>
    told('completed', { summary, result_len: task.result?.length ?? 0 }),
  'task.review_requested': ({ payload: { summary } }) => told('review_requested', { summary }),
  'task.changes_requested': moved,
  'task.reviewed': ({ payload: { verdict } }) =>
    told('reviewed', { decision: verdict.decision, by: verdict.by, summary: verdict.summary }),
  'task.attached': ({ payload: { attachment } }) =>
    told('attached', { filename: attachment.name, size: attachment.size }),
  'task.detached': ({ payload: { attachment } }) => told('attachment_removed', { filename: attachment.name }),
  'task.landed': ({ payload: { landing } }) => told('landed', { into: landing.into, commit: landing.commit }),
  'task.landing_failed': ({ payload: { landing } }) =>
    told('landing_failed', { into: landing.into, files: landing.files, reason: landing.message }),
  'task.blocked': ({ payload: { reason, kind } }) => told('blocked', { reason, kind }),
  'task.unblocked': () => told('unblocked', null),
  'task.scheduled': ({ payload: { task } }) =>
    told('scheduled', { scheduled_at: task.scheduledAt === null ? null : toSeconds(task.scheduledAt) }),
  'task.triaged': moved,
  'task.specified': moved,
  'task.archived': () => told('archived', null),
  'task.reopened': moved,
  'task.gave_up': ({ payload: { failures, limit, error } }) => told('gave_up', { failures, limit, error }),
  'task.commented': ({ payload: { comment } }) =>
    told('commented', { author: comment.author, len: comment.body.length }),
  'task.linked': ({ payload }) => told('linked', { parent: payload.parentId, child: payload.childId }),
  'task.unlinked': ({ payload }) => told('unlinked', { parent: payload.parentId, child: payload.childId }),
};

/** The facts about tasks among these events, as the seed tells them; its clients know no others. */
export function toSeedEvents(events: readonly Event[]): SeedEvent[] {
  return events.filter(isTaskEvent).flatMap((event) => {
    const taskId = event.taskId ?? ('childId' in event.payload ? event.payload.childId : null);
    if (taskId === null) return [];
    // The table has a teller for exactly this kind; the compiler cannot follow that through a variable.
    const tell = TELLERS[event.kind] as (event: TaskEvent) => Told;
    return [{ id: event.seq, task_id: taskId, ...tell(event), created_at: toSeconds(event.at) }];
  });
}

function isTaskEvent(event: Event): event is TaskEvent {
  return Object.hasOwn(TELLERS, event.kind);
}

function told(kind: string, payload: SeedEvent['payload']): Told {
  return { kind, payload };
}

type MoveKind =
  | 'task.promoted'
  | 'task.demoted'
  | 'task.changes_requested'
  | 'task.triaged'
  | 'task.specified'
  | 'task.reopened';

function moved({ payload }: TaskEvent<MoveKind>) {
  return told('status', { status: payload.task.status, from: payload.from });
}
