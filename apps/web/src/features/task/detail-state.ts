import type { Attachment } from '@quarterdeck/contract/attachment';
import type { Event } from '@quarterdeck/contract/event';
import type { Run } from '@quarterdeck/contract/run';
import type { Comment, TaskDetail } from '@quarterdeck/contract/task';

/** What the drawer shows beside the card, as of the event `seq`. */
export type Detail = Pick<TaskDetail, 'comments' | 'runs' | 'attachments' | 'waiting' | 'seq'>;

/** The detail after one more event of its task. An event it has seen changes nothing. */
export function applyToDetail(detail: Detail, event: Event): Detail {
  if (event.seq <= detail.seq) return detail;
  const { payload } = event;
  if ('comment' in payload)
    return { ...detail, seq: event.seq, comments: putComment(detail.comments, payload.comment) };
  if ('attachment' in payload)
    return { ...detail, seq: event.seq, attachments: [...filesAfter(detail, event)] };
  if ('run' in payload) return { ...detail, seq: event.seq, runs: putRun(detail.runs, payload.run) };
  return { ...detail, seq: event.seq };
}

function filesAfter({ attachments }: Detail, { kind, payload }: Event): readonly Attachment[] {
  const { attachment } = payload as { readonly attachment: Attachment };
  const others = attachments.filter(({ id }) => id !== attachment.id);
  return kind === 'task.attached' ? [...others, attachment] : others;
}

function putComment(comments: readonly Comment[], comment: Comment): Comment[] {
  return [...comments.filter(({ id }) => id !== comment.id), comment];
}

function putRun(runs: readonly Run[], run: Run): Run[] {
  return [...runs.filter(({ id }) => id !== run.id), run].sort((left, right) => left.attempt - right.attempt);
}

/** The run whose conversation is shown: the newest attempt. */
export function latestRun(runs: readonly Run[]): Run | null {
  return runs.reduce<Run | null>(
    (newest, run) => (newest && newest.attempt > run.attempt ? newest : run),
    null,
  );
}

export interface Spent {
  readonly tokens: number | null;
  readonly costMicros: number | null;
  readonly costSource: 'reported' | 'estimated' | null;
}

/** What all attempts together used; unknown stays null, and one estimate makes the sum an estimate. */
export function spentOf(runs: readonly Run[]): Spent {
  const sum = (pick: (run: Run) => number | null) => {
    const known = runs.map(pick).filter((value) => value !== null);
    return known.length > 0 ? known.reduce((left, right) => left + right, 0) : null;
  };
  const isEstimate = runs.some(({ usage }) => usage.costSource === 'estimated');
  const costMicros = sum(({ usage }) => usage.costMicros);
  return {
    tokens: sum(({ usage }) =>
      usage.inputTokens === null && usage.outputTokens === null
        ? usage.contextUsed
        : (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0),
    ),
    costMicros,
    costSource: costMicros === null ? null : isEstimate ? 'estimated' : 'reported',
  };
}
