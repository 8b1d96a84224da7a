import type { FromRunner, KeptWork, RunnerQuery } from '@quarterdeck/contract/runner-protocol';
import { treesIn } from '../runs/run-folder.ts';
import { describeError } from '../write-log.ts';
import { readLogTail } from './read-log-tail.ts';

export type Reply = Extract<FromRunner, { type: 'reply' }>;
type Answer = Pick<Reply, 'value' | 'error'>;

interface QuerySite {
  readonly home: string;
  readonly runnerHome: string;
  /** Whether a run works in this folder. */
  readonly isInUse: (workspacePath: string) => boolean;
}

/** Answers a question of the server about a run's files, or lands its work. Never rejects. */
export async function answerQuery(site: QuerySite, query: RunnerQuery): Promise<Answer> {
  const { home, runnerHome } = site;
  const trees = treesIn(runnerHome);
  try {
    switch (query.kind) {
      case 'log':
        return { value: await readLogTail(runnerHome, query) };
      case 'diff':
        return await answerDiff(trees, query);
      case 'land':
        return await answerLand({ home, trees }, query);
      case 'keep':
        return { value: await answerKeep(trees, query) };
      case 'remove':
        return await answerRemove(site, query);
    }
  } catch (error) {
    return { error: { code: 'internal', message: describeError(error) } };
  }
}

async function answerLand(
  place: { readonly home: string; readonly trees: string },
  query: Extract<RunnerQuery, { kind: 'land' }>,
): Promise<Answer> {
  const { landWork } = await import('@quarterdeck/agent/workspace/land-work');
  return { value: await landWork({ ...query, ...place }) };
}

async function answerKeep(trees: string, query: Extract<RunnerQuery, { kind: 'keep' }>): Promise<KeptWork> {
  const { keepWork } = await import('@quarterdeck/agent/workspace/keep-work');
  return keepWork({ ...query, ...query.workspace, agentName: query.profile, trees });
}

async function answerDiff(trees: string, query: Extract<RunnerQuery, { kind: 'diff' }>): Promise<Answer> {
  const { readDiff } = await import('@quarterdeck/agent/workspace/read-diff');
  const diff = await readDiff({ ...query, trees });
  return diff.ok ? { value: diff.value } : { error: { code: 'workspace_gone', message: diff.failure } };
}

async function answerRemove(
  { isInUse, runnerHome }: QuerySite,
  query: Extract<RunnerQuery, { kind: 'remove' }>,
): Promise<Answer> {
  if (isInUse(query.workspace.path))
    return { error: { code: 'workspace_kept', message: 'a run is at work in it' } };
  const { removeWorkspace } = await import('@quarterdeck/agent/workspace/remove-workspace');
  const { workspace, projectPath } = query;
  const removal = await removeWorkspace({ ...workspace, projectPath, trees: treesIn(runnerHome) });
  return removal.ok ? { value: {} } : { error: { code: 'workspace_kept', message: removal.failure } };
}
