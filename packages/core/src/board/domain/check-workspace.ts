import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { WorkspaceKind } from '@quarterdeck/contract/status';

/** A `dir` workspace needs an absolute path; a path given for the other kinds must be absolute too. */
export function checkWorkspace(kind: WorkspaceKind, path: string | null): Result<null> {
  if (kind === 'dir' && path === null) return refuse('workspace_path_required');
  if (path !== null && !path.startsWith('/')) return refuse('workspace_path_not_absolute', { path });
  return ok(null);
}
