export type { BaseFacts, FolderFacts, GitFacts, RepositoryFacts } from './domain/folder-facts.ts';
export type { FolderProbe, PlanningDeps, ProjectStore } from './ports.ts';
export { addProject } from './use-cases/add-project.ts';
export { updateProject } from './use-cases/update-project.ts';
