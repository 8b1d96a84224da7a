import type { ProjectId } from '@quarterdeck/contract/ids';
import { type Project, workspaceKindsOf } from '@quarterdeck/contract/project';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { WorkspaceKind } from '@quarterdeck/contract/status';

/** Where tasks go that name no project; made on the first start. */
export const GENERAL_PROJECT = 'p_general' as ProjectId;

type Place = Pick<Project, 'id' | 'kind' | 'workspaceKind'>;

/** Where agents work on a task that does not say it: a task of no project has an empty folder of its own. */
export function usualWorkspace({ id, kind, workspaceKind }: Place): WorkspaceKind {
  return workspaceKind ?? (id === GENERAL_PROJECT ? 'scratch' : workspaceKindsOf(kind)[0]);
}

interface Wanted {
  readonly workspaceKind: WorkspaceKind;
  readonly path: string | null;
  readonly project: Place;
}

/**
 * A branch needs git, and a copy a folder without it. `dir` without a path is the project's own folder, which tasks of no project lack; a
 * path must be absolute.
 */
export function checkWorkspace({ workspaceKind: kind, path, project }: Wanted): Result<null> {
  const isGeneral = project.id === GENERAL_PROJECT;
  if (kind === 'dir' && path === null && isGeneral) return refuse('workspace_path_required');
  if (path !== null && !path.startsWith('/')) return refuse('workspace_path_not_absolute', { path });
  const choices = workspaceKindsOf(project.kind).filter((each) => !(isGeneral && each === 'copy'));
  // The run of such a task fails with advice; scripts of old may rely on its being taken.
  if (choices.includes(kind) || (isGeneral && kind === 'worktree')) return ok(null);
  return refuse('workspace_kind_unfit', { kind, project: project.kind, choices: choices.join(', ') });
}
