import type { Proposal } from '@quarterdeck/contract/proposal';
import type { TaskDetail } from '@quarterdeck/contract/task';
import { detailOf } from '../../src/program/run-view.ts';
import { waitUntil } from '../../src/program/wait-until.ts';
import type { Bench } from './bench.ts';

interface Following {
  /** The last look at the task. */
  readonly detail: TaskDetail;
  /** Everything a person was asked, in order. */
  readonly asked: readonly Proposal[];
}

interface FollowOptions {
  readonly timeoutMs?: number;
  /** What the person says to a request; null leaves it open. Everything is allowed once when left out. */
  readonly answer?: (proposal: Proposal) => Promise<Answer | null>;
}

export interface Answer {
  readonly decision: 'allow' | 'deny';
  readonly scope?: 'once' | 'task' | 'project';
  readonly reason?: string;
}

/** Follows a task until `isOver`, and answers what its agent asks as a person would. */
export async function followTask(
  { client }: Bench,
  taskId: string,
  isOver: (detail: TaskDetail) => boolean,
  { timeoutMs = 120_000, answer = async () => ({ decision: 'allow' }) }: FollowOptions = {},
): Promise<Following> {
  const asked = new Map<string, Proposal>();
  let last: TaskDetail | undefined;
  const detail = await waitUntil(
    `task ${taskId}`,
    async () => {
      const list = await client.call('approval.list', { query: { task: taskId, status: 'pending' } });
      for (const proposal of list.ok ? list.value.proposals : []) {
        if (asked.has(proposal.id)) continue;
        asked.set(proposal.id, proposal);
        const body = await answer(proposal);
        if (body) await client.call('approval.rule', { params: { proposalId: proposal.id }, body });
      }
      last = await detailOf(client, taskId);
      return isOver(last) && last;
    },
    { timeoutMs, everyMs: 150, explain: () => glance(last) },
  );
  return { detail, asked: [...asked.values()] };
}

/** Whether the task has come to rest: nobody works on it and nobody will without a person. */
export function isAtRest({ task }: TaskDetail): boolean {
  return ['done', 'review', 'blocked'].includes(task.status);
}

function glance(detail: TaskDetail | undefined): string {
  if (detail === undefined) return 'never seen';
  const { task, runs } = detail;
  const attempts = runs.map(
    (run) => `${run.attempt}: ${run.status} ${run.outcome ?? ''} ${run.error ?? ''} ${run.activity ?? ''}`,
  );
  return [`it is ${task.status} ${task.blockReason ?? ''}`, ...attempts].join('\n');
}
