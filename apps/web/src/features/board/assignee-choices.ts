import { useLive } from '../../connection/live-store.ts';
import type { MenuItem } from '../../ui/menu.tsx';
import type { BoardSearch } from './board-search.ts';
import type { useGoBoard } from './use-go-board.ts';

/** The assignees found on the board, as choices of the filter. */
export function assigneeChoices(
  search: BoardSearch,
  go: ReturnType<typeof useGoBoard>,
): readonly (MenuItem | 'line')[] {
  const cards = [...useLive.getState().board.cards.values()];
  const names = [...new Set(cards.map(({ assignee }) => assignee).filter((name) => name !== null))];
  const item = (key: string | undefined, label: string) => ({
    key: label,
    label,
    isOn: search.assignee === key,
    onSelect: () => go({ assignee: key }),
  });
  return [
    item(undefined, 'Any'),
    item('none', 'Nobody'),
    'line' as const,
    ...names.sort().map((name) => item(name, name)),
  ];
}
