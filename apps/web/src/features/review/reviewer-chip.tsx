import type { TaskCard } from '@quarterdeck/contract/task';
import { Eye } from 'lucide-react';
import { Avatar } from '../../ui/avatar.tsx';
import { Menu } from '../../ui/menu.tsx';
import { useAgentInitials } from '../agents/use-agents.ts';
import { editTask } from '../task/edit-task.ts';
import styles from '../task/task-head.module.css';
import { askForReview } from './review-actions.ts';
import { useReviewerItems } from './use-reviewer-items.tsx';

/** Who reviews the work of a task. Choosing somebody while it is in review asks for a fresh review. */
export function ReviewerChip({ card }: { readonly card: TaskCard }) {
  const choose = (reviewer: string) =>
    void (card.status === 'review' ? askForReview(card, reviewer) : editTask(card, { reviewer }));
  const items = useReviewerItems(card.reviewer, choose);
  const initials = useAgentInitials(card.reviewer);
  return (
    <Menu
      label="Reviewed by"
      items={items}
      trigger={
        <button
          type="button"
          className={styles.chip}
          aria-label={`Reviewer: ${card.reviewer ?? 'Anyone'}. Change it`}
        >
          <Eye aria-hidden="true" />
          {card.reviewer && <Avatar name={card.reviewer} agentInitials={initials} size={16} />}
          {card.reviewer ?? 'Anyone'}
        </button>
      }
    />
  );
}
