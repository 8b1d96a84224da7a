import type { Comment, Task, TaskCreate } from '@quarterdeck/contract/task';

const KEY = 'mention:';

/** Whether a task was made to answer a mention. */
export function isFollowUp(task: Pick<Task, 'idempotencyKey'>): boolean {
  return task.idempotencyKey?.startsWith(KEY) === true;
}

/** The task that asks an agent to answer a comment that mentions it. The same comment and agent give the same task. */
export function followUpFor(profile: string, task: Task, comment: Comment): TaskCreate {
  const quoted = comment.body.replace(/^/gm, '> ');
  return {
    title: `Answer ${comment.author} on ${task.id}: ${task.title}`.slice(0, 200),
    body: `${comment.author} mentioned you in a comment on ${task.id} (${task.title}):\n\n${quoted}\n\nLook at that task with task_show and answer there: call task_comment with the taskId ${task.id}. When you have answered, report this task as complete with one line that says what you answered.`,
    assignee: profile,
    projectId: task.projectId,
    priority: task.priority,
    tenant: task.tenant,
    workspaceKind: 'scratch',
    idempotencyKey: `${KEY}${comment.id}:${profile}`,
  };
}
