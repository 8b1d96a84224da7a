import { Avatar } from '../../ui/avatar.tsx';
import type { MenuItem } from '../../ui/menu.tsx';
import { useAssignees } from '../task/use-assignee-items.tsx';

/** Who can review: every agent, the person here, whoever is asked already, or any person. */
export function useReviewerItems(
  current: string | null,
  choose: (reviewer: string) => void,
): readonly (MenuItem | 'line')[] {
  const choices = useAssignees();
  const isListed = current === null || choices.some(({ name }) => name === current);
  const all = isListed ? choices : [...choices, { name: current, initials: null, hint: undefined }];
  return [
    ...all.map(({ name, initials, hint }) => ({
      key: name,
      label: name,
      icon: <Avatar name={name} agentInitials={initials} size={16} />,
      hint,
      isOn: name === current,
      onSelect: () => choose(name),
    })),
    'line' as const,
    { key: '-anyone', label: 'Any person', isOn: current === null, onSelect: () => choose('') },
  ];
}
