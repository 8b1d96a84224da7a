import type { ProjectId } from '@quarterdeck/contract/ids';
import type { Project, ProjectPatch } from '@quarterdeck/contract/project';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { changedFields } from '@quarterdeck/contract/seen';
import { checkSeen } from '../../events/index.ts';
import type { PlanningDeps } from '../ports.ts';

/** Changes settings of a project. They count from the next run on. Refused when it would replace values other than those `seen`. */
export async function updateProject(
  deps: Pick<PlanningDeps, 'db' | 'clock'>,
  input: { readonly projectId: string; readonly patch: ProjectPatch; readonly actor: string },
): Promise<Result<Project>> {
  const { projectId, actor } = input;
  const { seen, ...patch } = input.patch;
  return deps.db.write(async (ports) => {
    const project = await ports.projects.find(projectId as ProjectId);
    if (project === null) return refuse('project_not_found', { projectId });
    const fields = changedFields(project, patch);
    const isCurrent = await checkSeen({ current: project, fields, seen, findWriter: async () => null });
    if (!isCurrent.ok) return isCurrent;
    const changed: Project = { ...project, ...patch };
    await ports.projects.save(changed);
    const subject = { actor, taskId: null, projectId: project.id, runId: null };
    await ports.events.append(
      [{ ...subject, kind: 'project.changed', payload: { project: changed } }],
      deps.clock.now(),
    );
    return ok(changed);
  });
}
