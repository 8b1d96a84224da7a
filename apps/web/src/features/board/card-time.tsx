import type { TaskCard } from '@quarterdeck/contract/task';
import { clockText, momentText, shortAge, staleness } from '../../ui/time-text.ts';
import { useNow } from '../../ui/use-now.ts';
import styles from './card.module.css';

interface CardTimeProps {
  readonly card: TaskCard;
  /** Whether the exact times are worth writing out, as they are on the one card under the pointer. */
  readonly isExplained: boolean;
}

/** A clock while an agent works; otherwise how long the card has been as it is. */
export function CardTime({ card, isExplained }: CardTimeProps) {
  if (card.run) return <Elapsed since={card.run.startedAt ?? card.run.claimedAt} />;
  return <Age card={card} isExplained={isExplained} />;
}

export function Elapsed({ since }: { readonly since: number }) {
  const now = useNow(1000);
  return <span className={styles.clock}>{clockText(now - since)}</span>;
}

function Age({ card, isExplained }: CardTimeProps) {
  const now = useNow(60_000);
  const age = now - card.updatedAt;
  const isFinished = card.status === 'done' || card.status === 'archived';
  return (
    <span
      className={styles.age}
      data-stale={isFinished ? 'fresh' : staleness(age)}
      title={
        isExplained
          ? `Created ${momentText(card.createdAt, now)}, last changed ${momentText(card.updatedAt, now)}`
          : undefined
      }
    >
      {shortAge(age)}
    </span>
  );
}
