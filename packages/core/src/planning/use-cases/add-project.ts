import type { ProjectId } from '@quarterdeck/contract/ids';
import type { Project, ProjectAdd } from '@quarterdeck/contract/project';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { PlanningDeps } from '../ports.ts';

interface AddProject {
  readonly project: ProjectAdd;
  readonly actor: string;
  /** A fixed id, for projects the program makes itself. */
  readonly id?: ProjectId;
}

/** Adds a git repository or a folder by its absolute path. A path that is not there, or is a project already, is refused. */
export async function addProject(deps: PlanningDeps, input: AddProject): Promise<Result<Project>> {
  const { project: wanted, actor } = input;
  if (!wanted.path.startsWith('/')) return refuse('workspace_path_not_absolute', { path: wanted.path });
  const folder = await deps.folders.inspect(wanted.path);
  if (folder === null) return refuse('project_path_missing', { path: wanted.path });
  return deps.db.write(async (ports) => {
    const now = deps.clock.now();
    const project: Project = {
      id: input.id ?? (deps.ids.next('p') as ProjectId),
      name: wanted.name ?? folder.path.split('/').at(-1) ?? folder.path,
      path: folder.path,
      kind: folder.isGit ? 'git' : 'folder',
      defaultProfile: wanted.defaultProfile ?? null,
      baseBranch: wanted.baseBranch ?? folder.branch,
      setupCommand: wanted.setupCommand ?? null,
      maxConcurrentRuns: wanted.maxConcurrentRuns ?? null,
      budget: wanted.budget ?? null,
      createdAt: now,
    };
    const known = await ports.projects.findByPath(folder.path);
    if (known !== null) return refuse('project_exists', { path: folder.path, projectId: known.id });
    if (!(await ports.projects.insert(project)))
      return refuse('project_exists', { path: folder.path, projectId: project.id });
    const subject = { actor, taskId: null, projectId: project.id, runId: null };
    await ports.events.append([{ ...subject, kind: 'project.added', payload: { project } }], now);
    return ok(project);
  });
}
