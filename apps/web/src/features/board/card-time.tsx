import type { TaskCard } from '@quarterdeck/contract/task';
import { clockText, momentText, shortAge, staleness } from '../../ui/time-text.ts';
import { useNow } from '../../ui/use-now.ts';
import styles from './card.module.css';

/** A clock while an agent works; otherwise how long the card has been as it is. */
export function CardTime({ card }: { readonly card: TaskCard }) {
  if (card.run) return <Elapsed since={card.run.startedAt ?? card.run.claimedAt} />;
  return <Age card={card} />;
}

export function Elapsed({ since }: { readonly since: number }) {
  const now = useNow(1000);
  return <span className={styles.clock}>{clockText(now - since)}</span>;
}

function Age({ card }: { readonly card: TaskCard }) {
  const now = useNow(60_000);
  const age = now - card.updatedAt;
  const isFinished = card.status === 'done' || card.status === 'archived';
  return (
    <span
      className={styles.age}
      data-stale={isFinished ? 'fresh' : staleness(age)}
      title={`Created ${momentText(card.createdAt, now)}, last changed ${momentText(card.updatedAt, now)}`}
    >
      {shortAge(age)}
    </span>
  );
}
