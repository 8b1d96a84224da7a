import { type Project, workspaceKindsOf } from '@quarterdeck/contract/project';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';

/** Whether the tasks of a project can work where its setting says: a branch needs git, and a copy needs a folder without it. */
export function checkProjectWorkspace({
  kind,
  workspaceKind,
}: Pick<Project, 'kind' | 'workspaceKind'>): Result<null> {
  const choices = workspaceKindsOf(kind);
  if (workspaceKind === null || choices.includes(workspaceKind)) return ok(null);
  return refuse('workspace_kind_unfit', { kind: workspaceKind, project: kind, choices: choices.join(', ') });
}
