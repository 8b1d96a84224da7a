import type { TaskCard } from '@quarterdeck/contract/task';
import { ArrowRight, Check, SquareCheck, UserRound } from 'lucide-react';
import { IconButton } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { useAssigneeItems } from '../task/use-assignee-items.tsx';
import { useMoveItems } from '../task/use-move-items.tsx';
import { toggleSelected, useBoardUi } from './board-ui.ts';
import styles from './card.module.css';
import { canMove } from './move-targets.ts';
import { moveTask } from './move-task.ts';

/** What can be done to a card without opening it; drawn only on the card under the pointer or the focus. */
export function CardActions({ card }: { readonly card: TaskCard }) {
  const isDragging = useBoardUi((state) => state.lift !== null);
  return isDragging ? null : <Actions card={card} />;
}

function Actions({ card }: { readonly card: TaskCard }) {
  const moves = useMoveItems(card);
  const assignees = useAssigneeItems(card);
  return (
    <div className={styles.actions}>
      <IconButton label="Select (X)" onClick={() => toggleSelected(card.id)}>
        <SquareCheck />
      </IconButton>
      <Menu
        label={`Give ${card.id} to`}
        align="end"
        items={assignees}
        trigger={
          <IconButton label="Assign">
            <UserRound />
          </IconButton>
        }
      />
      <Menu
        label={`Move ${card.id} to`}
        align="end"
        items={moves}
        trigger={
          <IconButton label="Move to">
            <ArrowRight />
          </IconButton>
        }
      />
      {card.status !== 'done' && card.status !== 'running' && canMove(card.status, 'done') && (
        <IconButton label="Mark done" onClick={() => moveTask(card.id, 'done')}>
          <Check />
        </IconButton>
      )}
    </div>
  );
}
