import { appendFile } from 'node:fs/promises';
import { readJournal } from '@quarterdeck/agent/host/connection';
import { readSpec } from '@quarterdeck/agent/host/read-spec';
import { type KeptWork, NOTHING_KEPT, type RunReport } from '@quarterdeck/contract/runner-protocol';
import { endAgent, endHost, endSetup } from './end-processes.ts';
import type { LiveRun, RunDeps } from './live-run.ts';
import { failureOf } from './next-step.ts';
import { storeReport, treesIn } from './run-folder.ts';

/** Makes sure that nothing of the run lives on, keeps its work, and stores its report. */
export async function closeRun(deps: RunDeps, run: LiveRun): Promise<void> {
  const spec = await readSpec(run.folder.path).catch(() => null);
  if (spec !== null) {
    await endHost(run.folder);
    await endAgent(run.folder);
  }
  if (run.workspace === null) await endSetup(run.stored.order.taskId);
  const { newestSeq, hasExited } = await readEnd(run.folder.path);
  run.feed.announce(newestSeq);
  const [kept, diskBytes] = await Promise.all([
    keepRunWork(deps, run, spec?.profile.name ?? run.stored.order.profile),
    measureRun(run),
  ]);
  const failure = failureOf({
    failure: run.failure,
    stoppedBecause: run.stoppedBecause,
    wasLaunched: spec !== null,
    hasExited,
    timedOutAfterMs: run.hasTimedOut ? run.stored.order.maxRuntimeMs : null,
  });
  const report: RunReport = {
    failure,
    workspacePath: run.workspace?.path ?? null,
    branch: run.workspace?.branch ?? null,
    diskBytes,
    ...kept,
    notes: [...(run.workspace?.warnings ?? []), ...kept.notes],
  };
  await storeReport(run.folder, report);
  run.report = report;
}

/** How far a journal goes, and whether it says that the agent is gone. */
export async function readEnd(runDir: string): Promise<{ newestSeq: number; hasExited: boolean }> {
  let newestSeq = 0;
  let hasExited = false;
  for await (const line of readJournal(runDir, 0)) {
    newestSeq = line.seq;
    hasExited = line.entry.kind === 'exited';
  }
  return { newestSeq, hasExited };
}

/** A person's own folder is theirs: what lies in it is not what the run took. */
async function measureRun({ workspace, stored }: LiveRun): Promise<number | null> {
  if (workspace === null || stored.order.workspace.kind === 'dir') return null;
  const { measureFolder } = await import('@quarterdeck/agent/workspace/measure-folder');
  return measureFolder(workspace.path).catch(() => null);
}

async function keepRunWork(deps: RunDeps, run: LiveRun, agentName: string): Promise<KeptWork> {
  if (run.workspace === null) return NOTHING_KEPT;
  if (run.stored.order.purpose === 'review') return keepReviewed(deps, run);
  const { path, branch, base = null } = run.workspace;
  const { title, taskId, workspace, project } = run.stored.order;
  const request = {
    ...{ path, branch, base, kind: workspace.kind, title, taskId, agentName, runId: run.folder.runId },
    ...{ projectPath: project.path, baseBranch: project.baseBranch, trees: treesIn(deps.runnerHome) },
  };
  const kept =
    workspace.kind === 'worktree'
      ? await (await import('@quarterdeck/agent/workspace/keep-work')).keepWork(request)
      : await (await import('@quarterdeck/agent/folders/keep-folder')).keepFolder({
          ...request,
          projectId: project.id,
        });
  if (kept.keepFailure !== null) await sayUnkept(deps, run, kept.keepFailure);
  return kept;
}

/** A reviewer was asked to change nothing: what it changed all the same must not land with the work. */
async function keepReviewed(deps: RunDeps, run: LiveRun): Promise<KeptWork> {
  const { path = '', branch = null, reviewed: head = null } = run.workspace ?? {};
  const { order } = run.stored;
  if (head === null || (branch === null && order.workspace.kind !== 'copy')) return NOTHING_KEPT;
  const trees = treesIn(deps.runnerHome);
  const aside =
    branch === null
      ? await (await import('@quarterdeck/agent/folders/keep-folder')).setFolderAside({
          ...{ path, kind: 'copy', taskId: order.taskId, projectId: order.project.id, head, trees },
        })
      : await (await import('@quarterdeck/agent/workspace/set-aside')).setAside({
          ...{ path, branch, head, name: run.folder.runId, projectPath: order.project.path, trees },
        });
  if (!aside.ok) return notKept(deps, run, aside.failure);
  const left = aside.value;
  const said = `The reviewer changed files, though it was asked not to. They are set aside in ${left}, and not part of the work.`;
  return left === null ? { ...NOTHING_KEPT, commit: head } : notKept(deps, run, said);
}

async function notKept(deps: RunDeps, run: LiveRun, why: string): Promise<KeptWork> {
  await sayUnkept(deps, run, why);
  return { ...NOTHING_KEPT, keepFailure: why };
}

async function sayUnkept(deps: RunDeps, run: LiveRun, why: string): Promise<void> {
  deps.log(`${run.folder.runId}: ${why}`);
  await appendFile(run.folder.agentLog, `[quarterdeck] ${why}\n`, { mode: 0o600 });
}
