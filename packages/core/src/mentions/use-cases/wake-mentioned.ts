import type { CommandId, TaskId } from '@quarterdeck/contract/ids';
import type { Woken } from '@quarterdeck/contract/mention';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Comment, Task } from '@quarterdeck/contract/task';
import { createTaskIn, moveTask } from '../../board/index.ts';
import type { RunRecord } from '../../runs/index.ts';
import { chooseWake } from '../domain/choose-wake.ts';
import { followUpFor, isFollowUp } from '../domain/follow-up.ts';
import type { MentionTransaction } from '../ports.ts';

interface Mention {
  readonly profile: string;
  /** All profiles there are. */
  readonly known: ReadonlySet<string>;
  readonly comment: Comment;
  /** The run that mentions; null for a person. */
  readonly run: RunRecord | null;
  readonly actor: string;
  readonly now: number;
}
type Target = Mention & { readonly task: Task };

/** Events looked at when it is counted how often agents have woken each other. */
const LOOKED_AT = 500;
const WOKEN_KINDS: ReadonlySet<string> = new Set([
  'session.prompted',
  'task.changes_requested',
  'task.unblocked',
]);

/** Wakes one mentioned agent with a comment and says how; null when it is not woken. */
export async function wakeMentioned(
  ports: MentionTransaction,
  mention: Mention,
): Promise<Result<Woken | null>> {
  const { profile, comment, run } = mention;
  // Read anew for each: an earlier mention in the same comment may have moved it.
  const task = await ports.tasks.find(comment.taskId);
  if (task === null) return ok(null);
  const liveRun = task.currentRunId === null ? null : await ports.runs.find(task.currentRunId);
  const lastWork = (await ports.runs.ofTask(task.id)).findLast((it) => it.purpose === 'work') ?? null;
  const own = run && (await ports.tasks.find(run.taskId));
  const wake = chooseWake({
    profile,
    task,
    liveRun,
    lastWork,
    by: run === null ? 'person' : { profile: run.profile, isFollowUp: own !== null && isFollowUp(own) },
    wokenByAgents: run === null ? 0 : await countWokenByAgents(ports, task.id, mention.known),
  });
  const target = { ...mention, task };
  switch (wake) {
    case null:
      return ok(null);
    case 'prompt':
      return liveRun === null ? ok(null) : prompt(ports, target, liveRun);
    case 'send_back':
    case 'unblock':
      return giveBack(ports, target, wake);
    case 'in_brief':
      return ok({ profile, how: 'in_brief', taskId: task.id });
    case 'follow_up':
      return followUp(ports, target);
  }
}

async function countWokenByAgents(
  { events }: MentionTransaction,
  taskId: TaskId,
  known: ReadonlySet<string>,
): Promise<number> {
  const recent = await events.ofTask(taskId, LOOKED_AT);
  return recent.filter((event) => WOKEN_KINDS.has(event.kind) && known.has(event.actor)).length;
}

async function prompt(
  ports: MentionTransaction,
  { profile, comment, actor, now, task }: Target,
  run: RunRecord,
): Promise<Result<Woken>> {
  const text = `${comment.author} mentioned you in a comment on ${task.id} (${task.title}):\n\n${comment.body}\n\nTake it into account and go on with your task; answer with task_comment if an answer is wanted.`;
  const { id: runId, runnerId, sessionId, projectId } = run;
  const commandId = ports.ids.next('c') as CommandId;
  const command = { kind: 'prompt', text, author: comment.author } as const;
  await ports.commands.enqueue([{ commandId, runId, runnerId, command }], now);
  const subject = { actor, taskId: task.id, projectId, runId };
  await ports.events.append(
    [{ ...subject, kind: 'session.prompted', payload: { sessionId, text: comment.body } }],
    now,
  );
  return ok({ profile, how: 'prompted', taskId: task.id });
}

/** The agent that handed the work in goes on with it: the comment is newer than its report, so its next prompt asks for it. */
async function giveBack(
  ports: MentionTransaction,
  target: Target,
  how: 'send_back' | 'unblock',
): Promise<Result<Woken>> {
  const { profile, task, comment, actor, run, now } = target;
  const remarks = { summary: comment.body.slice(0, 64_000), comments: [] };
  const verdict = {
    decision: 'changes_requested' as const,
    by: comment.author,
    summary: remarks.summary,
    head: null,
    runId: run?.id ?? null,
    at: now,
  };
  const fresh = { failureCount: 0, retryAt: null, lastFailure: null };
  const move = { task, actor, byPerson: run === null, now };
  const moved =
    how === 'unblock'
      ? await moveTask(ports, { ...move, verb: 'unblock', changes: fresh })
      : await moveTask(ports, { ...move, verb: 'requestChanges', remarks, changes: { ...fresh, verdict } });
  // It waits for a parent again; then it reads the comment when it goes on.
  if (!moved.ok) return ok({ profile, how: 'in_brief', taskId: task.id });
  return ok({ profile, how: 'resumed', taskId: task.id });
}

async function followUp(ports: MentionTransaction, target: Target): Promise<Result<Woken>> {
  const { profile, task, comment, actor, now } = target;
  const made = await createTaskIn(ports, { task: followUpFor(profile, task, comment), actor, now });
  return made.ok ? ok({ profile, how: 'follow_up', taskId: made.value.id }) : made;
}
