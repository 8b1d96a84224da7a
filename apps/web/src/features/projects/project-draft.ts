import { budgetText, parseBudget } from '@quarterdeck/contract/budget-text';
import type { Project, ProjectPatch } from '@quarterdeck/contract/project';
import { ok, type Result } from '@quarterdeck/contract/result';

/** A project's settings as text fields. */
export interface ProjectDraft {
  readonly name: string;
  readonly defaultProfile: string;
  readonly baseBranch: string;
  readonly setupCommand: string;
  readonly maxConcurrentRuns: string;
  readonly budget: string;
}

/** The settings of a project as they stand in its form. */
export function draftOf(project: Project): ProjectDraft {
  return {
    name: project.name,
    defaultProfile: project.defaultProfile ?? '',
    baseBranch: project.baseBranch ?? '',
    setupCommand: project.setupCommand ?? '',
    maxConcurrentRuns: project.maxConcurrentRuns === null ? '' : String(project.maxConcurrentRuns),
    budget: project.budget === null ? '' : budgetText(project.budget),
  };
}

/** What a form asks to be changed; an empty field means no setting of its own. Refused when the budget is none. */
export function patchFrom(draft: ProjectDraft): Result<ProjectPatch> {
  const text = (value: string) => (value.trim() === '' ? null : value.trim());
  const runs = text(draft.maxConcurrentRuns);
  const budget = draft.budget.trim() === '' ? ok(null) : parseBudget(draft.budget);
  if (!budget.ok) return budget;
  return ok({
    name: draft.name.trim(),
    defaultProfile: text(draft.defaultProfile),
    baseBranch: text(draft.baseBranch),
    setupCommand: text(draft.setupCommand),
    maxConcurrentRuns: runs === null ? null : Number.parseInt(runs, 10),
    budget: budget.value,
  });
}
