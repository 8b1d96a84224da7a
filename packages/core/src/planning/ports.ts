import type { ProjectId } from '@quarterdeck/contract/ids';
import type { Project } from '@quarterdeck/contract/project';
import type { Clock, Database, EventLog, Ids } from '../events/index.ts';
import type { FolderFacts } from './domain/folder-facts.ts';

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
  /** What is known of the folder; null when there is none. `baseBranch` is the wanted one, null for what is checked out. */
  inspect(path: string, baseBranch: string | null): Promise<FolderFacts | null>;
}

export interface PlanningDeps {
  readonly db: Database<{ readonly projects: ProjectStore; readonly events: EventLog }>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly folders: FolderProbe;
}
