import type { ProjectId, TaskId } from '@quarterdeck/contract/ids';
import type { Task } from '@quarterdeck/contract/task';
import { TEST_START } from '../store/test-clock.ts';

/** A ready task for the agent `alpha`; name what the test is about. */
export function makeTask(fields: Partial<Omit<Task, 'id'>> & { readonly id?: string } = {}): Task {
  const { id = 't_0000', ...rest } = fields;
  return {
    id: id as TaskId,
    projectId: 'p_general' as ProjectId,
    title: `Task ${id}`,
    body: null,
    assignee: 'alpha',
    status: 'ready',
    priority: 0,
    tenant: null,
    workspaceKind: 'scratch',
    workspacePath: null,
    branch: null,
    createdBy: 'ada',
    createdAt: TEST_START,
    updatedAt: TEST_START,
    startedAt: null,
    completedAt: null,
    scheduledAt: null,
    result: null,
    blockReason: null,
    blockKind: null,
    idempotencyKey: null,
    currentRunId: null,
    claimLock: null,
    claimExpiresAt: null,
    failureCount: 0,
    lastFailure: null,
    retryAt: null,
    isHeld: false,
    landing: null,
    labels: [],
    reviewer: null,
    verdict: null,
    budgetMicros: null,
    model: null,
    effort: null,
    ...rest,
  };
}
