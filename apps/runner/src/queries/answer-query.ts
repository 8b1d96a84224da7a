import type { FromRunner, RunnerQuery } from '@quarterdeck/contract/runner-protocol';
import { describeError } from '../write-log.ts';
import { readLogTail } from './read-log-tail.ts';

export type Reply = Extract<FromRunner, { type: 'reply' }>;
type Answer = Pick<Reply, 'value' | 'error'>;

/** Answers a question of the server about a run's files. Never rejects. */
export async function answerQuery(runnerHome: string, query: RunnerQuery): Promise<Answer> {
  try {
    return query.kind === 'log' ? { value: await readLogTail(runnerHome, query) } : await answerDiff(query);
  } catch (error) {
    return { error: { code: 'internal', message: describeError(error) } };
  }
}

async function answerDiff(query: Extract<RunnerQuery, { kind: 'diff' }>): Promise<Answer> {
  const { readDiff } = await import('@quarterdeck/agent/workspace/read-diff');
  const { workspacePath, branch, projectPath, baseBranch } = query;
  const diff = await readDiff({ workspacePath, branch, projectPath, baseBranch });
  return diff.ok ? { value: diff.value } : { error: { code: 'workspace_gone', message: diff.failure } };
}
