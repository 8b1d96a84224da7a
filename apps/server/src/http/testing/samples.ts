import type { Event } from '@quarterdeck/contract/event';
import { ProjectId, TaskId } from '@quarterdeck/contract/ids';
import type { Task, TaskCard } from '@quarterdeck/contract/task';
import { makeTask } from '@quarterdeck/testkit/factories/make-task';

/** A task that the contract accepts, made at 1,700,000,000,500 ms. */
export function sampleTask(over: Partial<Task> = {}): Task {
  const at = 1_700_000_000_500;
  return makeTask({
    id: 't_00000001',
    projectId: ProjectId.parse('p_0001'),
    title: 'Write the tests',
    assignee: null,
    workspaceKind: 'worktree',
    createdAt: at,
    updatedAt: at,
    ...over,
  });
}

export function sampleCard(over: Partial<TaskCard> = {}): TaskCard {
  return {
    ...sampleTask(over),
    age: { createdAgeSeconds: 5, startedAgeSeconds: null, timeToCompleteSeconds: null },
    linkCounts: { parents: 0, children: 0 },
    commentCount: 0,
    attachmentCount: 0,
    progress: null,
    waitsFor: [],
    run: null,
    lastRun: null,
    pendingApprovals: 0,
    waiting: null,
    ...over,
  };
}

/** The fact that a task was created, number `seq` in the log. */
export function taskCreated(seq: number, over: Partial<Task> = {}): Event {
  const task = sampleTask(over);
  return {
    seq,
    at: 1_700_000_000_000 + seq * 1000,
    kind: 'task.created',
    actor: 'ada',
    taskId: task.id,
    projectId: task.projectId,
    runId: null,
    payload: { task },
  };
}

/** A fact that clients of the seed know nothing of. */
export function runnerConnected(seq: number): Event {
  return {
    seq,
    at: 1_700_000_000_000 + seq * 1000,
    kind: 'runner.connected',
    actor: 'system',
    taskId: null,
    projectId: null,
    runId: null,
    payload: { runnerId: 'm_0001', name: 'here' },
  };
}

export function taskIdOf(text: string): TaskId {
  return TaskId.parse(text);
}
