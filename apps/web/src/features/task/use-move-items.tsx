import { TASK_STATUSES } from '@quarterdeck/contract/status';
import type { TaskCard } from '@quarterdeck/contract/task';
import type { MenuItem } from '../../ui/menu.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { STATUS_WORD } from '../../ui/status-word.ts';
import { canMove } from '../board/move-targets.ts';
import { moveTask } from '../board/move-task.ts';

/** The columns a task can go to now. */
export function useMoveItems(card: TaskCard): readonly MenuItem[] {
  return TASK_STATUSES.filter((status) => status === card.status || canMove(card.status, status)).map(
    (status) => ({
      key: status,
      label: STATUS_WORD[status],
      icon: <StatusGlyph status={status} />,
      isOn: status === card.status,
      onSelect: () => moveTask(card.id, status),
    }),
  );
}
