import type { ProjectId } from '@quarterdeck/contract/ids';
import type { Project } from '@quarterdeck/contract/project';
import type { Clock, Database, EventLog, Ids } from '../events/index.ts';

export interface ProjectStore {
  /** False when a project with this path is there already. */
  insert(project: Project): Promise<boolean>;
  find(projectId: ProjectId): Promise<Project | null>;
  findByPath(path: string): Promise<Project | null>;
  save(project: Project): Promise<void>;
  list(): Promise<Project[]>;
}

/** What is at a path on the machine that has the projects. */
export interface FolderProbe {
  /** The canonical path, whether it is a git repository and which branch is checked out; null when there is no folder. */
  inspect(path: string): Promise<{ path: string; isGit: boolean; branch: string | null } | null>;
}

export interface PlanningDeps {
  readonly db: Database<{ readonly projects: ProjectStore; readonly events: EventLog }>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly folders: FolderProbe;
}
