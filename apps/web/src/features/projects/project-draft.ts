import { budgetText, parseBudget } from '@quarterdeck/contract/budget-text';
import type { Project, ProjectPatch } from '@quarterdeck/contract/project';
import { ok, type Result } from '@quarterdeck/contract/result';
import { WORKSPACE_KINDS } from '@quarterdeck/contract/status';

/** A project's settings as text fields. */
export interface ProjectDraft {
  readonly name: string;
  readonly defaultProfile: string;
  readonly baseBranch: string;
  readonly setupCommand: string;
  readonly maxConcurrentRuns: string;
  readonly budget: string;
  readonly workspaceKind: string;
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
    workspaceKind: project.workspaceKind ?? '',
  };
}

/** The fields a person has written into: the text, and the project as they saw it when they began. */
export type ProjectEdits = {
  readonly [Field in keyof ProjectDraft]?: { readonly text: string; readonly saw: Project };
};

/** A project's settings in its form: what a person has written, elsewhere what is set now. */
export function draftWith(project: Project, edits: ProjectEdits): ProjectDraft {
  const written = Object.entries(edits).map(([field, { text }]) => [field, text]);
  return { ...draftOf(project), ...Object.fromEntries(written) };
}

/** The same edits after their writer was shown what is set now. */
export function sawNow(edits: ProjectEdits, project: Project): ProjectEdits {
  const fields = Object.entries(edits).map(([field, { text }]) => [field, { text, saw: project }]);
  return Object.fromEntries(fields);
}

/** What a form asks to be changed, and what it replaces: the fields a person has written into, nothing else. */
export function patchFrom(draft: ProjectDraft, edits: ProjectEdits): Result<ProjectPatch> {
  const all = settingsFrom(draft);
  if (!all.ok) return all;
  const fields = Object.keys(edits) as (keyof ProjectDraft)[];
  const patch = fields.map((field) => [field, all.value[field]]);
  const seen = fields.map((field) => [field, edits[field]?.saw[field]]);
  return ok({ ...Object.fromEntries(patch), seen: Object.fromEntries(seen) });
}

/** The settings that a form stands for; an empty field means no setting of its own. Refused when the budget is none. */
export function settingsFrom(draft: ProjectDraft): Result<Omit<ProjectPatch, 'seen'>> {
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
    workspaceKind: WORKSPACE_KINDS.find((kind) => kind === draft.workspaceKind) ?? null,
  });
}
