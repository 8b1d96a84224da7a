export type { FolderProbe, PlanningDeps, ProjectStore } from './ports.ts';
export { addProject } from './use-cases/add-project.ts';
export { updateProject } from './use-cases/update-project.ts';
