import type { ProjectId } from '@quarterdeck/contract/ids';
import type { Project, ProjectAdd, ProjectAdded } from '@quarterdeck/contract/project';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { checkProjectWorkspace } from '../domain/check-project-workspace.ts';
import type { FitFolder } from '../domain/folder-verdict.ts';
import { judgeFolder } from '../domain/judge-folder.ts';
import type { PlanningDeps } from '../ports.ts';

interface AddProject {
  readonly project: ProjectAdd;
  readonly actor: string;
  /** A fixed id, for projects the program makes itself. */
  readonly id?: ProjectId;
}

/**
 * Adds a repository, one of its folders, or a plain folder by its absolute path, and says what a person should know about it. What
 * cannot be worked in is refused with what to do.
 */
export async function addProject(deps: PlanningDeps, input: AddProject): Promise<Result<ProjectAdded>> {
  const { path, baseBranch = null } = input.project;
  if (!path.startsWith('/')) return refuse('workspace_path_not_absolute', { path });
  const facts = await deps.folders.inspect(path, baseBranch);
  if (facts === null) return refuse('project_path_missing', { path });
  const folder = judgeFolder(facts, input.id !== undefined);
  if (!folder.isFit) return refuse('project_path_unfit', { path: facts.path, reason: folder.reason });
  const project = draftProject(deps, input, folder);
  const placed = checkProjectWorkspace(project);
  if (!placed.ok) return placed;
  const added = await insert(deps, project, input.actor);
  return added.ok ? ok({ project, notes: [...folder.notes] }) : added;
}

function draftProject(deps: PlanningDeps, { project: wanted, id }: AddProject, folder: FitFolder): Project {
  return {
    id: id ?? (deps.ids.next('p') as ProjectId),
    name: wanted.name ?? folder.path.split('/').at(-1) ?? folder.path,
    path: folder.path,
    kind: folder.kind,
    subfolder: folder.subfolder,
    workspaceKind: wanted.workspaceKind ?? null,
    defaultProfile: wanted.defaultProfile ?? null,
    baseBranch: wanted.baseBranch ?? folder.branch,
    setupCommand: wanted.setupCommand ?? null,
    maxConcurrentRuns: wanted.maxConcurrentRuns ?? null,
    budget: wanted.budget ?? null,
    createdAt: deps.clock.now(),
  };
}

async function insert(deps: PlanningDeps, project: Project, actor: string): Promise<Result<null>> {
  const { path, id: projectId, createdAt: now } = project;
  return deps.db.write(async (ports) => {
    const known = await ports.projects.findByPath(path);
    if (known !== null) return refuse('project_exists', { path, projectId: known.id });
    if (!(await ports.projects.insert(project))) return refuse('project_exists', { path, projectId });
    const subject = { actor, taskId: null, projectId, runId: null };
    await ports.events.append([{ ...subject, kind: 'project.added', payload: { project } }], now);
    return ok(null);
  });
}
