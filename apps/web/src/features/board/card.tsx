import type { TaskCard } from '@quarterdeck/contract/task';
import { Square, SquareCheck } from 'lucide-react';
import { memo } from 'react';
import { classes } from '../../ui/classes.ts';
import { PriorityMark } from '../../ui/priority-mark.tsx';
import { KIND_WORD } from '../diagnostics/diagnostic-words.ts';
import { useTaskDiagnostics } from '../diagnostics/diagnostics-store.ts';
import { toggleSelected, useBoardUi } from './board-ui.ts';
import styles from './card.module.css';
import { CardActions } from './card-actions.tsx';
import { CardFoot } from './card-foot.tsx';
import { cardLabel } from './card-label.ts';
import { CardLiveLine } from './card-live-line.tsx';
import { CardMarks } from './card-marks.tsx';
import { CardTime } from './card-time.tsx';
import { CardVerdict } from './card-verdict.tsx';
import { CardWhy } from './card-why.tsx';
import { useActive } from './use-active.ts';
import { useGoBoard } from './use-go-board.ts';

interface CardProps {
  readonly card: TaskCard;
  readonly isOpen: boolean;
  readonly isTabStop: boolean;
  /** Whether the project's name is worth its place. */
  readonly showsProject: boolean;
}

export const Card = memo(function Card({ card, isOpen, isTabStop, showsProject }: CardProps) {
  const { isActive, handlers } = useActive();
  const wrong = useTaskDiagnostics(card.id);
  const [worst] = wrong;
  const isSelected = useBoardUi((state) => state.selected.has(card.id));
  const isFocused = useBoardUi((state) => state.focusedId === card.id);
  const isLifted = useBoardUi((state) => state.lift?.taskId === card.id);
  return (
    <article
      className={classes(
        styles.card,
        isOpen && styles.open,
        isSelected && styles.selected,
        isLifted && styles.lifted,
        card.pendingApprovals > 0 && styles.asking,
      )}
      data-task-id={card.id}
      data-status={card.status}
      aria-label={worst ? `${cardLabel(card)}, ${KIND_WORD[worst.kind]}` : cardLabel(card)}
      aria-roledescription="task"
      tabIndex={isFocused || isTabStop ? 0 : -1}
      {...handlers}
      onFocus={() => {
        useBoardUi.setState({ focusedId: card.id });
        handlers.onFocus();
      }}
    >
      <div className={styles.head}>
        {isSelected ? <SelectBox card={card} isSelected /> : <span className={styles.id}>{card.id}</span>}
        <PriorityMark priority={card.priority} />
        <span className={styles.space} />
        <CardTime card={card} isExplained={isActive} />
      </div>
      <h3 className={styles.title}>
        <CardLink card={card} />
      </h3>
      <CardVerdict card={card} />
      <CardWhy card={card} />
      <CardMarks card={card} wrong={wrong} />
      <CardFoot card={card} showsProject={showsProject} />
      {card.run && <CardLiveLine run={card.run} needsYou={card.pendingApprovals > 0} />}
      {isActive && <CardActions card={card} />}
    </article>
  );
});

/** Opens the task beside the board. Not the router's link: in hundreds of cards each would follow every change of the address. */
function CardLink({ card }: { readonly card: TaskCard }) {
  const go = useGoBoard();
  return (
    <a
      href={`/tasks/${card.id}`}
      className={styles.link}
      draggable={false}
      tabIndex={-1}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go({ task: card.id, tab: undefined }, true);
      }}
    >
      {card.title}
    </a>
  );
}

function SelectBox({ card, isSelected }: { readonly card: TaskCard; readonly isSelected: boolean }) {
  const Icon = isSelected ? SquareCheck : Square;
  return (
    <button
      type="button"
      className={styles.select}
      aria-pressed={isSelected}
      aria-label={`Select ${card.id}`}
      onClick={() => toggleSelected(card.id)}
    >
      <Icon />
    </button>
  );
}
