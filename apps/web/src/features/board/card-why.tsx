import type { TaskCard } from '@quarterdeck/contract/task';
import { CircleAlert, Clock } from 'lucide-react';
import styles from './card.module.css';
import { isUnlanded, whyText } from './card-label.ts';

/** Why this task does not go on. */
export function CardWhy({ card }: { readonly card: TaskCard }) {
  const text = whyText(card);
  if (!text) return null;
  const isBlocked = card.status === 'blocked' || isUnlanded(card);
  const Icon = isBlocked ? CircleAlert : Clock;
  return (
    <div
      className={isBlocked ? styles.blocked : styles.why}
      title={(isUnlanded(card) ? card.landing?.message : card.waiting?.remedy) ?? text}
    >
      <Icon aria-hidden="true" />
      <span>{text}</span>
    </div>
  );
}
