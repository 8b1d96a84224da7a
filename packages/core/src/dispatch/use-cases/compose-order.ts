import type { Task } from '@quarterdeck/contract/task';
import type { RunOrder } from '@quarterdeck/contract/runner-protocol';
import type { RunRecord } from '../../runs/index.ts';
import { writeBrief } from '../domain/write-brief.ts';
import type { DispatchTransaction } from '../ports.ts';

/** The order a runner gets for a claim. Its token is filled in when it is sent, so that no secret is stored. */
export async function composeOrder(
  ports: DispatchTransaction,
  claim: { readonly task: Task; readonly run: RunRecord },
  maxRuntimeMs: number,
): Promise<RunOrder> {
  const { task, run } = claim;
  const project = await ports.projects.find(task.projectId);
  if (project === null) throw new Error(`task ${task.id} belongs to ${task.projectId}, which is not there`);
  const parents = await ports.tasks.findMany(await ports.links.parentsOf(task.id));
  const earlierRuns = (await ports.runs.ofTask(task.id)).filter((earlier) => earlier.id !== run.id);
  const comments = await ports.comments.ofTask(task.id);
  const { id, path, kind, baseBranch, setupCommand } = project;
  return {
    runId: run.id,
    taskId: task.id,
    sessionId: run.sessionId,
    title: task.title,
    profile: run.profile,
    prompt: writeBrief({ task, parents, earlierRuns, comments }),
    token: '',
    project: { id, path, kind, baseBranch, setupCommand },
    workspace: {
      kind: task.workspaceKind,
      path: task.workspacePath,
      branch: task.branch,
      startFrom: parents.flatMap((parent) =>
        parent.branch && parent.projectId === task.projectId ? [parent.branch] : [],
      ),
    },
    maxRuntimeMs,
  };
}
