import type { FromRunner, KeptWork, RunnerQuery } from '@quarterdeck/contract/runner-protocol';
import { takeAway } from '../runs/clean-workspace.ts';
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
  if (query.workspaceKind === 'copy') {
    const { copyBack } = await import('@quarterdeck/agent/folders/copy-back');
    return { value: await copyBack({ ...query, ...place, folder: query.projectPath }) };
  }
  const { landWork } = await import('@quarterdeck/agent/workspace/land-work');
  return { value: await landWork({ ...query, ...place }) };
}

async function answerKeep(trees: string, query: Extract<RunnerQuery, { kind: 'keep' }>): Promise<KeptWork> {
  const request = { ...query, ...query.workspace, agentName: query.profile, trees };
  if (request.kind !== 'worktree') {
    const { keepFolder } = await import('@quarterdeck/agent/folders/keep-folder');
    return keepFolder(request);
  }
  const { keepWork } = await import('@quarterdeck/agent/workspace/keep-work');
  return keepWork(request);
}

async function answerDiff(trees: string, query: Extract<RunnerQuery, { kind: 'diff' }>): Promise<Answer> {
  const { taskId, projectId } = query;
  const isFolder = query.workspaceKind !== 'worktree' && taskId !== null && projectId !== null;
  const diff = isFolder
    ? await (await import('@quarterdeck/agent/folders/read-folder-diff')).readFolderDiff({
        ...{ ...query, taskId, projectId, trees },
      })
    : await (await import('@quarterdeck/agent/workspace/read-diff')).readDiff({ ...query, trees });
  return diff.ok ? { value: diff.value } : { error: { code: 'workspace_gone', message: diff.failure } };
}

async function answerRemove(
  { isInUse, runnerHome }: QuerySite,
  query: Extract<RunnerQuery, { kind: 'remove' }>,
): Promise<Answer> {
  if (isInUse(query.workspace.path))
    return { error: { code: 'workspace_kept', message: 'a run is at work in it' } };
  const removal = await takeAway(query, treesIn(runnerHome));
  return removal.ok ? { value: {} } : { error: { code: 'workspace_kept', message: removal.failure } };
}
