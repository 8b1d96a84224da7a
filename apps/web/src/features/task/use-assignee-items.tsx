import { AGENT_STATE_WORD, agentState } from '@quarterdeck/contract/agent-state';
import type { Agent } from '@quarterdeck/contract/fleet';
import type { TaskCard } from '@quarterdeck/contract/task';
import { useLive } from '../../connection/live-store.ts';
import { Avatar } from '../../ui/avatar.tsx';
import type { MenuItem } from '../../ui/menu.tsx';
import { useAgents } from '../agents/use-agents.ts';
import { editTask } from './edit-task.ts';

/** Whom a task can be given to: every agent, the person here, whoever has it now, or nobody. */
export function useAssigneeItems(card: TaskCard): readonly (MenuItem | 'line')[] {
  const choices = useAssignees();
  const give = (assignee: string) => void editTask(card, { assignee });
  const isListed = card.assignee === null || choices.some(({ name }) => name === card.assignee);
  const all = isListed
    ? choices
    : [...choices, { name: card.assignee ?? '', initials: null, hint: undefined }];
  return [
    ...all.map(({ name, initials, hint }) => ({
      key: name,
      label: name,
      icon: <Avatar name={name} agentInitials={initials} size={16} />,
      hint,
      isOn: name === card.assignee,
      onSelect: () => give(name),
    })),
    'line' as const,
    { key: '-none', label: 'Nobody', isOn: card.assignee === null, onSelect: () => give('') },
  ];
}

export interface AssigneeChoice {
  readonly name: string;
  /** Two letters of an agent; null for a person. */
  readonly initials: string | null;
  readonly hint: string | undefined;
}

/** Everybody work can be given to. */
export function useAssignees(): readonly AssigneeChoice[] {
  const agents = useAgents();
  const me = useLive((state) => state.me?.name);
  const people = me ? [{ name: me, initials: null, hint: 'you' }] : [];
  return [...agents.map(choiceOf), ...people];
}

function choiceOf(agent: Agent): AssigneeChoice {
  return { name: agent.profile, initials: agent.initials, hint: readiness(agent) };
}

/** Why an agent cannot take work now; nothing when it can. */
export function readiness(agent: Agent): string | undefined {
  if (!agent.isInstalled) return 'not installed';
  return agent.isSignedIn ? undefined : AGENT_STATE_WORD[agentState(agent, agent.provenAt)];
}
