import type { TaskCard } from '@quarterdeck/contract/task';
import { CircleCheck, MessageSquareWarning } from 'lucide-react';
import styles from './card.module.css';
import { verdictText } from './card-label.ts';

/** What a reviewer said of the work, while that still matters. */
export function CardVerdict({ card }: { readonly card: TaskCard }) {
  const text = verdictText(card);
  if (text === null || !card.verdict) return null;
  const { decision, summary } = card.verdict;
  const Icon = decision === 'approved' ? CircleCheck : MessageSquareWarning;
  return (
    <div className={styles.verdict} data-decision={decision} title={summary || text}>
      <Icon aria-hidden="true" />
      <span>{text}</span>
    </div>
  );
}
