import type { ProjectId } from '@quarterdeck/contract/ids';
import { type Project, type ProjectPatch, repositoryPath } from '@quarterdeck/contract/project';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { changedFields } from '@quarterdeck/contract/seen';
import { checkSeen } from '../../events/index.ts';
import { checkProjectWorkspace } from '../domain/check-project-workspace.ts';
import { judgeFolder } from '../domain/judge-folder.ts';
import type { PlanningDeps } from '../ports.ts';

type Deps = Pick<PlanningDeps, 'db' | 'clock' | 'folders'>;

/**
 * Changes settings of a project. They count from the next run on. Refused when it would replace values other than those `seen`, and
 * for a base branch that is not there.
 */
export async function updateProject(
  deps: Deps,
  input: { readonly projectId: string; readonly patch: ProjectPatch; readonly actor: string },
): Promise<Result<Project>> {
  const { projectId, actor } = input;
  const { seen, ...patch } = input.patch;
  const checked = await checkBase(deps, projectId as ProjectId, patch);
  if (!checked.ok) return checked;
  return deps.db.write(async (ports) => {
    const project = await ports.projects.find(projectId as ProjectId);
    if (project === null) return refuse('project_not_found', { projectId });
    const fields = changedFields(project, patch);
    const isCurrent = await checkSeen({ current: project, fields, seen, findWriter: async () => null });
    if (!isCurrent.ok) return isCurrent;
    const changed: Project = { ...project, ...patch };
    const placed = checkProjectWorkspace(changed);
    if (!placed.ok) return placed;
    await ports.projects.save(changed);
    const subject = { actor, taskId: null, projectId: project.id, runId: null };
    await ports.events.append(
      [{ ...subject, kind: 'project.changed', payload: { project: changed } }],
      deps.clock.now(),
    );
    return ok(changed);
  });
}

/** Only what is being changed is looked at: a repository that is away for now can be renamed all the same. */
async function checkBase(
  deps: Deps,
  projectId: ProjectId,
  { baseBranch }: ProjectPatch,
): Promise<Result<null>> {
  if (!baseBranch) return ok(null);
  const project = await deps.db.read((ports) => ports.projects.find(projectId));
  if (project?.kind !== 'git' || project.baseBranch === baseBranch) return ok(null);
  const path = repositoryPath(project);
  const facts = await deps.folders.inspect(path, baseBranch);
  if (facts === null) return refuse('project_path_missing', { path });
  const verdict = judgeFolder(facts, true);
  return verdict.isFit ? ok(null) : refuse('project_path_unfit', { path, reason: verdict.reason });
}
