import styles from './priority-mark.module.css';
import { priorityText, priorityWord } from './priority-text.ts';

/** How much earlier or later than others a task runs; nothing when it is like the others. */
export function PriorityMark({ priority }: { readonly priority: number }) {
  if (priority === 0) return null;
  return (
    <span
      className={priority > 0 ? styles.high : styles.low}
      title={`Priority ${priority}: ${priorityWord(priority)}`}
    >
      {priorityText(priority)}
    </span>
  );
}
