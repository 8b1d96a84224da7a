import type { ProjectId } from '@quarterdeck/contract/ids';
import type { Project } from '@quarterdeck/contract/project';
import { TEST_START } from '../store/test-clock.ts';

/** A plain folder without settings of its own. */
export function makeProject(fields: Partial<Omit<Project, 'id'>> & { readonly id?: string } = {}): Project {
  const { id = 'p_general', ...rest } = fields;
  return {
    id: id as ProjectId,
    name: id.slice(2),
    path: `/srv/${id.slice(2)}`,
    kind: 'folder',
    subfolder: null,
    workspaceKind: null,
    defaultProfile: null,
    baseBranch: null,
    setupCommand: null,
    maxConcurrentRuns: null,
    budget: null,
    createdAt: TEST_START,
    ...rest,
  };
}
