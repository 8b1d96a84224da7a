import type { Project } from '@quarterdeck/contract/project';
import { useLive } from '../../connection/live-store.ts';

/** Puts a project from a reply on the page without waiting for its event. */
export function showProject(project: Project): void {
  useLive.setState(({ board }) => ({
    board: { ...board, projects: new Map(board.projects).set(project.id, project) },
  }));
}
