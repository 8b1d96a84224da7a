import { lstat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isRealFolder } from '../workspace/admin-folder.ts';
import { discardFolder } from '../workspace/discard-folder.ts';
import { replaceFile } from '../workspace/private-folder.ts';
import { READY_MARKER } from '../workspace/ready-marker.ts';
import { isFolder } from '../workspace/repository.ts';
import { inRepositoryQueue } from '../workspace/repository-queue.ts';
import { runSetupCommand, SETUP_DEADLINE_MS } from '../workspace/run-setup-command.ts';
import { headOf, type Tree } from '../workspace/tree.ts';
import type { Attempt, OnProgress, PreparedWorkspace, PrepareRequest } from '../workspace/workspace.ts';
import { attained, failed } from '../workspace/workspace.ts';
import { COPY_LIMITS, type Copied, copyFolder } from './copy-folder.ts';
import { finishLanding } from './finish-landing.ts';
import { openFolderTree } from './folder-tree.ts';
import { noteLeftOut } from './left-out-note.ts';
import { knownBase, siteOf } from './prepare-folder.ts';
import { snapshotFolder } from './snapshot.ts';
import { takeUpFolder, takeUpParents } from './take-up.ts';

const NAMED = 5;

/**
 * A copy of the project's folder at `<home>/workspaces/<projectId>/<taskId>`, with the work of finished parents in it; the one of an
 * earlier attempt when it is whole, brought up to date with the folder.
 */
export async function prepareCopy(
  request: PrepareRequest,
  onProgress: OnProgress,
): Promise<Attempt<PreparedWorkspace>> {
  const { order } = request;
  const from = order.project.path;
  if (order.project.kind !== 'folder' || !(await isFolder(from)))
    return failed(
      `The project folder ${from} does not exist on this machine. Put it back or change the project's path.`,
    );
  const path = join(resolve(request.home), 'workspaces', order.project.id, order.taskId);
  // Two tasks may begin at once, and a landing must not be copied half done.
  const made = await inRepositoryQueue(from, async () => {
    await finishLanding({ ...siteOf(request), folder: from });
    return (await isWhole(request, path))
      ? reuse(request, path, onProgress)
      : make(request, path, onProgress);
  });
  if (!made.ok || made.value.isReused) return made;
  const filled = await runSetup(request, path, onProgress);
  return filled.ok ? made : filled;
}

async function isWhole({ trees, order }: PrepareRequest, path: string): Promise<boolean> {
  const marker = await lstat(join(trees, order.taskId, READY_MARKER)).catch(() => null);
  return marker !== null && isRealFolder(path);
}

async function make(
  request: PrepareRequest,
  path: string,
  onProgress: OnProgress,
): Promise<Attempt<PreparedWorkspace>> {
  const { order, signal } = request;
  const inTheWay = await lstat(path).catch(() => null);
  if (inTheWay !== null) void (await discardFolder(path)).deleted;
  const copied = await copyFolder(
    { from: order.project.path, to: path, limits: COPY_LIMITS, signal },
    onProgress,
  );
  if (!copied.ok) return copied;
  const tree = await openFolderTree(siteOf(request), path, true);
  if (!tree.ok) return tree;
  onProgress('Remembering what the copy began with.');
  const taken = await snapshotFolder(siteOf(request), tree.value);
  if (!taken.ok) return failed(`The copy of ${order.project.path} could not be remembered: ${taken.failure}`);
  await noteLeftOut(tree.value, taken.value.leftOut);
  const warnings = noteCopied(copied.value);
  const notes = [noteCopy(order.project.path), ...warnings];
  for (const warning of warnings) onProgress(warning);
  return takeUp(
    request,
    { tree: tree.value, base: taken.value.commit, notes, warnings, isReused: false },
    onProgress,
  );
}

async function reuse(
  request: PrepareRequest,
  path: string,
  onProgress: OnProgress,
): Promise<Attempt<PreparedWorkspace>> {
  const { project } = request.order;
  const tree = await openFolderTree(siteOf(request), path, true);
  if (!tree.ok) return tree;
  const base = await knownBase(request, tree.value);
  const head = await headOf(tree.value);
  onProgress('Reusing the copy of an earlier attempt.');
  if (base === null || head === null || request.order.purpose === 'review')
    return attained({ path, branch: null, base, notes: [noteCopy(project.path)], isReused: true });
  const fresh = await takeUpFolder(siteOf(request), { tree: tree.value, head, base, folder: project.path });
  if (!fresh.ok) return fresh;
  const notes = [noteCopy(project.path), ...fresh.value.notes];
  return takeUp(request, { tree: tree.value, base: fresh.value.base, notes, isReused: true }, onProgress);
}

interface Begun {
  readonly tree: Tree;
  readonly base: string;
  readonly notes: readonly string[];
  readonly warnings?: readonly string[];
  readonly isReused: boolean;
}

async function takeUp(
  request: PrepareRequest,
  begun: Begun,
  onProgress: OnProgress,
): Promise<Attempt<PreparedWorkspace>> {
  const { tree, base, notes, warnings = [], isReused } = begun;
  const said = await takeUpParents(tree, request.order.workspace.startFrom);
  for (const note of said) onProgress(note);
  return attained({ path: tree.path, branch: null, base, notes: [...notes, ...said], warnings, isReused });
}

function noteCopy(folder: string): string {
  return `The current directory is a copy of ${folder} made for this task. Work here only: your changes are kept, shown to people, and copied back when they approve.`;
}

/** What a person and the agent should know of a copy that is not like its original. */
function noteCopied({ skipped, outward, repositories }: Copied): readonly string[] {
  const notes: string[] = [];
  if (skipped.length > 0)
    notes.push(`Not in the copy: ${named(skipped.map(({ path, why }) => `${path} (${why})`))}.`);
  if (outward.length > 0)
    notes.push(
      `These links lead out of the copy, so that writing through them would change what they point to: ${named(outward)}.`,
    );
  if (repositories.length > 0)
    notes.push(
      `${named(repositories)} ${repositories.length === 1 ? 'is a git repository' : 'are git repositories'} of their own: what is changed in there is not shown and not copied back. Add ${repositories.length === 1 ? 'it' : 'each'} as a project to have work on it land.`,
    );
  return notes;
}

function named(all: readonly string[]): string {
  const more = all.length > NAMED ? `, and ${all.length - NAMED} more` : '';
  return `${all.slice(0, NAMED).join(', ')}${more}`;
}

async function runSetup(
  { order, signal, trees }: PrepareRequest,
  path: string,
  onProgress: OnProgress,
): Promise<Attempt<null>> {
  const command = order.project.setupCommand;
  if (command !== null) {
    onProgress(`Running the setup command: ${command}`);
    const env = { QUARTERDECK_TASK: order.taskId, QUARTERDECK_PROJECT_PATH: order.project.path };
    const setup = { command, cwd: path, deadlineMs: SETUP_DEADLINE_MS, env, ...(signal && { signal }) };
    const done = await runSetupCommand(setup, onProgress);
    if (!done.ok) return done;
  }
  await replaceFile(join(trees, order.taskId, READY_MARKER), '');
  return attained(null);
}
