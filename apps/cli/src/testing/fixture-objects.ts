import { Project } from '@quarterdeck/contract/project';
import { Proposal } from '@quarterdeck/contract/proposal';
import { Run } from '@quarterdeck/contract/run';
import { StoredItem, type TranscriptItem } from '@quarterdeck/contract/session';
import { TaskCard } from '@quarterdeck/contract/task';
import { NO_USAGE } from '@quarterdeck/contract/usage';
import { makeTask } from '@quarterdeck/testkit/factories/make-task';

export const NOW = 1_000_000_000_000;
const MINUTE = 60_000;

/** A task that is ready; the contract's schema checks every one. */
export function fixtureTask(over: Readonly<Record<string, unknown>> = {}): TaskCard {
  const task = makeTask({
    id: 't_77aa0001',
    title: 'Fix the flaky test',
    assignee: 'opencode',
    workspaceKind: 'worktree',
    createdBy: 'mia',
    createdAt: NOW - 60 * MINUTE,
    updatedAt: NOW - 5 * MINUTE,
  });
  return TaskCard.parse({
    ...task,
    projectId: 'p_shop0001',
    age: { createdAgeSeconds: 3600, startedAgeSeconds: null, timeToCompleteSeconds: null },
    linkCounts: { parents: 0, children: 0 },
    commentCount: 0,
    progress: null,
    waitsFor: [],
    run: null,
    pendingApprovals: 0,
    waiting: null,
    ...over,
  });
}

/** A run that works. */
export function fixtureRun(over: Readonly<Record<string, unknown>> = {}): Run {
  return Run.parse({
    id: 'r_run00001',
    taskId: 't_77aa0001',
    projectId: 'p_shop0001',
    sessionId: 's_talk0001',
    attempt: 1,
    profile: 'opencode',
    runnerId: 'm_here0001',
    status: 'working',
    outcome: null,
    summary: null,
    error: null,
    workspacePath: null,
    branch: null,
    diffStat: null,
    usage: NO_USAGE,
    activity: null,
    claimedAt: NOW - 3 * MINUTE,
    startedAt: NOW - 2 * MINUTE,
    endedAt: null,
    heartbeatAt: NOW,
    leaseExpiresAt: NOW + MINUTE,
    ...over,
  });
}

/** The same run when it has done its work. */
export function endedRun(over: Readonly<Record<string, unknown>> = {}): Run {
  const diffStat = { files: 2, added: 9, removed: 4 };
  return fixtureRun({
    status: 'ended',
    outcome: 'completed',
    summary: 'It is green.',
    endedAt: NOW,
    diffStat,
    ...over,
  });
}

/** A permission request that waits. */
export function fixtureProposal(over: Readonly<Record<string, unknown>> = {}): Proposal {
  return Proposal.parse({
    id: 'a_ask00001',
    kind: 'permission',
    status: 'pending',
    projectId: 'p_shop0001',
    taskId: 't_77aa0001',
    runId: 'r_run00001',
    sessionId: 's_talk0001',
    profile: 'opencode',
    requestId: 'q1',
    title: 'Run the migration',
    detail: {
      toolKind: 'execute',
      title: 'Run the migration',
      command: 'npm run migrate',
      paths: [],
      mcpTool: null,
      changes: [],
      input: null,
    },
    widerRule: 'every npm run command',
    createdAt: NOW - MINUTE,
    ruledAt: null,
    ruledBy: null,
    scope: null,
    reason: null,
    ...over,
  });
}

/** A project with no settings of its own. */
export function fixtureProject(over: Readonly<Record<string, unknown>> = {}): Project {
  return Project.parse({
    id: 'p_shop0001',
    name: 'shop',
    path: '/srv/shop',
    kind: 'git',
    defaultProfile: null,
    baseBranch: 'main',
    setupCommand: null,
    maxConcurrentRuns: null,
    createdAt: NOW,
    ...over,
  });
}

/** An item of a conversation; `ordinal` and `rev` are the same for an item that was written once. */
export function storedItem(rev: number, item: Readonly<Record<string, unknown>>, ordinal = rev): StoredItem {
  const base = { itemId: `i${ordinal}`, at: NOW };
  return StoredItem.parse({ ordinal, rev, item: { ...base, ...item } as TranscriptItem });
}

/** A tool call. */
export function toolItem(over: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const empty = { parentItemId: null, paths: [], input: null, output: null, changes: [] };
  return {
    kind: 'tool',
    toolKind: 'execute',
    status: 'completed',
    startedAt: NOW,
    endedAt: NOW + 3100,
    ...empty,
    ...over,
  };
}
