import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { RunOrder } from '@quarterdeck/contract/runner-protocol';
import { addWorktree, clearStale } from './add-worktree.ts';
import { copyIncludedFiles } from './copy-included-files.ts';
import { git, gitLine } from './git.ts';
import { findParents, mergeParents } from './merge-parents.ts';
import { READY_MARKER } from './ready-marker.ts';
import type { Repository } from './repository.ts';
import { baseRef, openRepository, resolveBase, resolveCommit } from './repository.ts';
import { inRepositoryQueue } from './repository-queue.ts';
import { runSetupCommand, SETUP_DEADLINE_MS } from './run-setup-command.ts';
import type { Attempt, OnProgress, PreparedWorkspace, PrepareRequest } from './workspace.ts';
import { attained, failed } from './workspace.ts';

/** A git worktree below `<home>/workspaces/<projectId>/<taskId>` on the task's own branch; reused when it is there from an earlier attempt. */
export async function prepareWorktree(
  request: PrepareRequest,
  onProgress: OnProgress,
): Promise<Attempt<PreparedWorkspace>> {
  const { order } = request;
  const opened = await openRepository(order.project.path);
  if (!opened.ok) return opened;
  const path = join(resolve(request.home), 'workspaces', order.project.id, order.taskId);
  const branch = order.workspace.branch ?? `qd/${order.taskId}`;
  const site = { order, repository: opened.value, path, branch };
  const checkedOut = await inRepositoryQueue(site.repository.commonDir, () => checkOut(site, onProgress));
  if (!checkedOut.ok || checkedOut.value.isReused) return checkedOut;
  const filled = await fill(site, request.signal, onProgress);
  return filled.ok ? checkedOut : filled;
}

interface Site {
  readonly order: RunOrder;
  readonly repository: Repository;
  readonly path: string;
  readonly branch: string;
}

async function checkOut(site: Site, onProgress: OnProgress): Promise<Attempt<PreparedWorkspace>> {
  const { repository, path, branch, order } = site;
  const base = await resolveBase(repository, order.project.baseBranch);
  if (!base.ok) return base;
  const found = await findParents(repository.path, order.workspace.startFrom);
  const isReused = await clearStale(repository, path, onProgress);
  if (!isReused) {
    const added = await addWorktree({ repository, path, branch, base: base.value, parents: found.parents });
    if (!added.ok) return added;
    onProgress(added.value);
  } else onProgress(`Reusing the worktree of an earlier attempt on branch ${branch}.`);
  const before = await resolveCommit(path, 'HEAD');
  const notes = [...found.notes, ...(await mergeParents(path, found.parents))];
  for (const note of notes) onProgress(note);
  return attained({ path, branch, base: await rememberBase(site, before), notes, isReused });
}

/** The base moves along with what was merged as long as the task itself has added nothing. */
async function rememberBase({ path, branch }: Site, before: string | null): Promise<string | null> {
  const ref = baseRef(branch);
  const remembered = await resolveCommit(path, ref);
  if (remembered !== null && remembered !== before) return remembered;
  const head = await resolveCommit(path, 'HEAD');
  if (head !== null && head !== remembered) await git(path, ['update-ref', ref, head]);
  return head;
}

async function fill(
  { order, repository, path }: Site,
  signal: AbortSignal | undefined,
  onProgress: OnProgress,
): Promise<Attempt<null>> {
  try {
    const copied = await copyIncludedFiles(repository.path, path);
    if (copied.length > 0) onProgress(`Copied ${copied.length} ignored files named in .worktreeinclude.`);
  } catch (error) {
    return failed(`A file named in .worktreeinclude could not be copied: ${(error as Error).message}.`);
  }
  const command = order.project.setupCommand;
  if (command !== null) {
    onProgress(`Running the setup command: ${command}`);
    const env = { QUARTERDECK_TASK: order.taskId, QUARTERDECK_PROJECT_PATH: order.project.path };
    const done = await runSetupCommand(
      { command, cwd: path, deadlineMs: SETUP_DEADLINE_MS, env, signal },
      onProgress,
    );
    if (!done.ok) return done;
  }
  await markReady(path);
  return attained(null);
}

async function markReady(path: string): Promise<void> {
  const marker = await gitLine(path, ['rev-parse', '--path-format=absolute', '--git-path', READY_MARKER]);
  if (marker !== null) await writeFile(marker, '');
}
