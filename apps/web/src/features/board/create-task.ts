import type { TaskStatus, WorkspaceKind } from '@quarterdeck/contract/status';
import type { TaskCard } from '@quarterdeck/contract/task';
import { client } from '../../connection/client.ts';
import { announce } from '../../ui/announcer.tsx';
import { toastRefusal } from '../../ui/refusal-toast.ts';
import { STATUS_WORD } from '../../ui/status-word.ts';
import { takeReply } from './move-task.ts';

/** Columns a new task can start in. */
export function canCreateIn(status: TaskStatus): boolean {
  return status === 'triage' || status === 'todo' || status === 'ready';
}

/** The first line is the title, the rest the description. */
export function readDraft(text: string): { readonly title: string; readonly body: string | null } {
  const [first = '', ...rest] = text.trim().split('\n');
  const body = rest.join('\n').trim();
  return { title: first.trim(), body: body === '' ? null : body };
}

export interface Draft {
  readonly text: string;
  readonly status: TaskStatus;
  readonly projectId: string | null;
  readonly assignee: string | null;
  readonly reviewer: string | null;
  readonly priority: number;
  /** Where its agent works; null for where the project says. */
  readonly workspaceKind: WorkspaceKind | null;
  /** Tasks it waits for. */
  readonly parents: readonly string[];
  readonly labels: readonly string[];
}

/** Creates a task in a column. In Todo it is held there; nobody means nobody, not the project's default agent. */
export async function createTask(draft: Draft): Promise<TaskCard | null> {
  const { text, status, projectId, assignee, reviewer, priority, workspaceKind, parents, labels } = draft;
  const body = {
    ...readDraft(text),
    priority,
    ...(workspaceKind !== null && { workspaceKind }),
    parents: [...parents],
    labels: [...labels],
    projectId: projectId as TaskCard['projectId'] | null,
    assignee: assignee ?? '',
    reviewer,
    triage: status === 'triage',
    isHeld: status === 'todo',
  };
  const created = await client.call('task.create', { body });
  if (!created.ok) {
    toastRefusal('The task was not created', created.refusal);
    return null;
  }
  const { task } = created.value;
  takeReply(task);
  announce(`${task.id} created in ${STATUS_WORD[task.status]}.`);
  return task;
}
