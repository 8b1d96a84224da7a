import { type Project, workspaceKindsOf } from '@quarterdeck/contract/project';
import type { WorkspaceKind } from '@quarterdeck/contract/status';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useLive } from '../../connection/live-store.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { readSetting, writeSetting } from '../../ui/local-setting.ts';
import { PRIORITY_STEPS, priorityText, priorityWord } from '../../ui/priority-text.ts';
import { WORKSPACE_WORDS } from '../projects/workspace-words.ts';
import { useReviewerItems } from '../review/use-reviewer-items.tsx';
import { useAssignees } from '../task/use-assignee-items.tsx';

/** The project of a new task: the one chosen here, else the one the board shows, else the one chosen last. */
export function useDraftProject() {
  const projects = useLive((state) => state.board.projects);
  const { project: filtered } = useSearch({ strict: false });
  const [picked, setPicked] = useState<string | null>(null);
  const all = [...projects.values()];
  const chosen = projects.get(picked ?? filtered ?? readSetting('project', '')) ?? usualProject(all);
  const items = all.map(({ id, name }) => ({
    key: id,
    label: name,
    isOn: id === chosen?.id,
    onSelect: () => {
      setPicked(id);
      writeSetting('project', id);
    },
  }));
  return { chosen, items };
}

/** Before anybody chose: the newest project that has an agent, else the first there is. */
function usualProject(all: readonly Project[]): Project | undefined {
  return all.findLast(({ defaultProfile }) => defaultProfile !== null) ?? all[0];
}

/** Who gets a new task: the one chosen here, else the project's own agent. */
export function useDraftAssignee(byDefault: string | null) {
  const choices = useAssignees();
  const [picked, setPicked] = useState<string | null | undefined>(undefined);
  const chosen = picked === undefined ? byDefault : picked;
  const items = [
    ...choices.map(({ name, initials, hint }) => ({
      key: name,
      label: name,
      icon: <Avatar name={name} agentInitials={initials} size={16} />,
      hint,
      isOn: name === chosen,
      onSelect: () => setPicked(name),
    })),
    'line' as const,
    { key: '-none', label: 'Nobody yet', isOn: chosen === null, onSelect: () => setPicked(null) },
  ];
  return { chosen, items, initials: choices.find(({ name }) => name === chosen)?.initials ?? null };
}

/** Who reviews the work of a new task: any person, until somebody is chosen. */
export function useDraftReviewer() {
  const [chosen, choose] = useState<string | null>(null);
  const items = useReviewerItems(chosen, (reviewer) => choose(reviewer || null));
  return { chosen, items };
}

/** How early a new task runs; back to normal after each. */
export function useDraftPriority() {
  const [chosen, choose] = useState(0);
  const items = PRIORITY_STEPS.map((priority) => ({
    key: String(priority),
    label: priorityWord(priority),
    hint: priorityText(priority),
    isOn: priority === chosen,
    onSelect: () => choose(priority),
  }));
  return { chosen, items, reset: () => choose(0) };
}

/** Where the agent of a new task works: where its project says, unless another place is chosen. */
export function useDraftWorkspace(project: Project | undefined) {
  const [picked, choose] = useState<WorkspaceKind | null>(null);
  const choices: readonly WorkspaceKind[] = project === undefined ? [] : workspaceKindsOf(project.kind);
  const usual = project?.workspaceKind ?? choices[0] ?? null;
  const chosen = picked !== null && choices.includes(picked) ? picked : null;
  const items = choices.map((kind) => ({
    key: kind,
    label: WORKSPACE_WORDS[kind],
    isOn: kind === (chosen ?? usual),
    onSelect: () => choose(kind === usual ? null : kind),
  }));
  return { chosen, items, word: WORKSPACE_WORDS[chosen ?? usual ?? 'scratch'] };
}

/** The tasks a new one waits for. */
export function useDraftParents() {
  const [ids, setIds] = useState<readonly string[]>([]);
  return {
    ids,
    add: (taskId: string) => setIds((old) => [...old, taskId]),
    remove: (taskId: string) => setIds((old) => old.filter((id) => id !== taskId)),
    reset: () => setIds([]),
  };
}
