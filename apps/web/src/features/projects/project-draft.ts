import type { Project, ProjectPatch } from '@quarterdeck/contract/project';

/** A project's settings as text fields. */
export interface ProjectDraft {
  readonly name: string;
  readonly defaultProfile: string;
  readonly baseBranch: string;
  readonly setupCommand: string;
  readonly maxConcurrentRuns: string;
}

/** The settings of a project as they stand in its form. */
export function draftOf(project: Project): ProjectDraft {
  return {
    name: project.name,
    defaultProfile: project.defaultProfile ?? '',
    baseBranch: project.baseBranch ?? '',
    setupCommand: project.setupCommand ?? '',
    maxConcurrentRuns: project.maxConcurrentRuns === null ? '' : String(project.maxConcurrentRuns),
  };
}

/** What a form asks to be changed; an empty field means no setting of its own. */
export function patchFrom(draft: ProjectDraft): ProjectPatch {
  const text = (value: string) => (value.trim() === '' ? null : value.trim());
  const runs = text(draft.maxConcurrentRuns);
  return {
    name: draft.name.trim(),
    defaultProfile: text(draft.defaultProfile),
    baseBranch: text(draft.baseBranch),
    setupCommand: text(draft.setupCommand),
    maxConcurrentRuns: runs === null ? null : Number.parseInt(runs, 10),
  };
}
