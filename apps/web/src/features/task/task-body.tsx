import type { TaskCard } from '@quarterdeck/contract/task';
import type { WaitingReason } from '@quarterdeck/contract/waiting';
import { CircleAlert, Clock } from 'lucide-react';
import { InlineCode } from '../../ui/inline-code.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { sentence } from '../../ui/refusal-toast.ts';
import { momentText } from '../../ui/time-text.ts';
import { useNow } from '../../ui/use-now.ts';
import { Dependencies } from './dependencies.tsx';
import { Description } from './description.tsx';
import styles from './task-body.module.css';

interface TaskBodyProps {
  readonly card: TaskCard;
  readonly waiting: readonly WaitingReason[];
}

/** What is to be done, what it waits for, what came of it. */
export function TaskBody({ card, waiting }: TaskBodyProps) {
  return (
    <div className={styles.body}>
      <Standstill card={card} waiting={waiting} />
      <Description card={card} />
      {card.result && (
        <section>
          <h2 className={styles.heading}>Result</h2>
          <Markdown text={card.result} />
        </section>
      )}
      <Dependencies card={card} />
      <Facts card={card} />
    </div>
  );
}

/** Why it does not go on, and what would change that. */
export function Standstill({ card, waiting }: TaskBodyProps) {
  if (card.status === 'blocked') {
    return (
      <div className={styles.blocked}>
        <CircleAlert aria-hidden="true" />
        <div>
          <strong>Blocked</strong>
          <p>{card.blockReason ?? card.lastFailure ?? 'No reason was given.'}</p>
        </div>
      </div>
    );
  }
  const reasons = card.waiting
    ? [card.waiting, ...waiting.filter(({ code }) => code !== card.waiting?.code)]
    : waiting;
  if (reasons.length === 0 || card.run || card.status === 'done' || card.status === 'archived') return null;
  return (
    <div className={styles.waiting}>
      <Clock aria-hidden="true" />
      <div>
        <strong>Why it is not running</strong>
        {reasons.map(({ code, message, remedy }) => (
          <p key={code}>
            {sentence(message)}
            {remedy && (
              <span>
                {' '}
                <InlineCode text={remedy} />
              </span>
            )}
          </p>
        ))}
      </div>
    </div>
  );
}

function Facts({ card }: { readonly card: TaskCard }) {
  const now = useNow(60_000);
  const facts: readonly (readonly [string, string | null])[] = [
    ['Created', `${momentText(card.createdAt, now)} by ${card.createdBy}`],
    ['Starts', card.scheduledAt === null ? null : momentText(card.scheduledAt, now)],
    ['Finished', card.completedAt === null ? null : momentText(card.completedAt, now)],
    ['Failed', card.failureCount > 0 ? `${card.failureCount} times in a row` : null],
    ['Works in', card.workspacePath],
    ['Workspace', card.workspaceKind],
    ['Tenant', card.tenant],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
