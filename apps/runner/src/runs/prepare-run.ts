import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { agentFolder, checkAgentFolder, folderNote } from '@quarterdeck/agent/workspace/agent-folder';
import { prepareWorkspace } from '@quarterdeck/agent/workspace/prepare-workspace';
import type { PreparedWorkspace } from '@quarterdeck/agent/workspace/workspace';
import type { RunOrder } from '@quarterdeck/contract/runner-protocol';
import { describeError } from '../write-log.ts';
import { endSetup } from './end-processes.ts';
import type { LiveRun, RunDeps } from './live-run.ts';
import type { Failure } from './next-step.ts';
import { type StoredWorkspace, storeWorkspace, treesIn } from './run-folder.ts';
import { openSetupLog } from './setup-log.ts';
import { uptimeMs } from './time-limit.ts';

/** Makes the run's workspace and stores where it is. A failure becomes the run's failure. */
export async function prepareRun(deps: RunDeps, run: LiveRun): Promise<void> {
  const { order } = run.stored;
  if (existsSync(run.folder.setupLog)) await endSetup(order.taskId);
  const setupLog = openSetupLog(run.folder.setupLog);
  const fail = (kind: Failure['kind'], message: string): void => {
    run.failure = { kind, message };
    setupLog(message);
  };
  if ((await deps.findProfile(order.profile)) === null) {
    return fail('start_failed', unknownProfile(order.profile));
  }
  const signal = AbortSignal.any([run.leaving.signal, run.preparing.signal]);
  const prepared = await prepareWorkspace(
    { order, home: deps.home, trees: treesIn(deps.runnerHome), signal },
    setupLog,
  ).catch((error: unknown) => ({
    ok: false as const,
    failure: `The workspace could not be made: ${describeError(error)}`,
  }));
  if (signal.aborted) return;
  if (!prepared.ok) return fail('workspace_failed', prepared.failure);
  const { path, branch, base } = prepared.value;
  const placed = await checkAgentFolder(order, path);
  if (!placed.ok) return fail('workspace_failed', placed.failure);
  const unlaid = await layFiles(deps, run, { workspacePath: agentFolder(order, path), signal });
  if (signal.aborted) return;
  if (unlaid !== null) return fail('workspace_failed', unlaid);
  const workspace = {
    path,
    branch,
    base,
    ...(await noteReview(deps, order, prepared.value)),
    warnings: prepared.value.warnings ?? [],
    preparedAtUptimeMs: uptimeMs(),
  };
  await storeWorkspace(run.folder, workspace);
  run.workspace = workspace;
  deps.link.send({ type: 'starting', runId: run.folder.runId, workspacePath: path, branch, base });
}

/** A reviewer is told where the work begins; what it finds is remembered, so that nothing else lands. */
async function noteReview(
  { runnerHome }: RunDeps,
  order: RunOrder,
  { path, branch, base, notes }: PreparedWorkspace,
): Promise<Pick<StoredWorkspace, 'notes' | 'reviewed'>> {
  const told = [...folderNote(order), ...notes];
  if (order.purpose === 'review' && order.workspace.kind === 'copy')
    return noteCopyReview(runnerHome, order, { path, notes: told });
  if (order.purpose !== 'review' || branch === null) return { notes: told };
  const { findReviewed } = await import('@quarterdeck/agent/workspace/set-aside');
  // The brief says it where the server knows.
  const isSaid = base === null || order.workspace.base !== null;
  const where = isSaid ? [] : [`The work began at commit ${base}: \`git diff ${base}\` shows it alone.`];
  return {
    notes: [...told, ...where],
    reviewed: await findReviewed({ trees: treesIn(runnerHome), path, projectPath: order.project.path }),
  };
}

/** Who reviews a copy has no git to see the changes with: they lie beside the work, where nothing is kept from. */
async function noteCopyReview(
  runnerHome: string,
  { taskId, project, workspace }: RunOrder,
  { path, notes }: { readonly path: string; readonly notes: readonly string[] },
): Promise<Pick<StoredWorkspace, 'notes' | 'reviewed'>> {
  const { layChanges } = await import('@quarterdeck/agent/folders/lay-changes');
  const site = { taskId, projectId: project.id, trees: treesIn(runnerHome) };
  const why = await layChanges({ ...site, path, base: workspace.base, head: workspace.head });
  return { notes: why === null ? notes : [...notes, why], reviewed: workspace.head };
}

async function layFiles(
  { serverUrl, readToken }: RunDeps,
  { stored }: LiveRun,
  { workspacePath, signal }: { readonly workspacePath: string; readonly signal: AbortSignal },
): Promise<string | null> {
  const hasFiles = stored.order.attachments.length > 0 || existsSync(join(workspacePath, '.quarterdeck'));
  if (!hasFiles) return null;
  const { layAttachments } = await import('./lay-attachments.ts');
  const source = { serverUrl, readToken, signal };
  return layAttachments({ order: stored.order, workspacePath, source });
}

function unknownProfile(profile: string): string {
  return `This runner knows no agent "${profile}". Choose another agent, or add ${profile}.json to the profiles folder of its home.`;
}
