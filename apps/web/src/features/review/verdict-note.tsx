import type { TaskCard } from '@quarterdeck/contract/task';
import { CircleCheck, MessageSquareWarning } from 'lucide-react';
import { Markdown } from '../../ui/markdown.tsx';
import { momentText } from '../../ui/time-text.ts';
import { useNow } from '../../ui/use-now.ts';
import styles from './landing-note.module.css';

/** What the reviewer said of the work as it was last handed in. */
export function VerdictNote({ card }: { readonly card: TaskCard }) {
  const now = useNow(60_000);
  const { verdict } = card;
  if (!verdict) return null;
  const isApproved = verdict.decision === 'approved';
  return (
    <div className={styles.note} data-tone={isApproved ? 'done' : 'asked'}>
      {isApproved ? <CircleCheck aria-hidden="true" /> : <MessageSquareWarning aria-hidden="true" />}
      <div>
        <strong>{isApproved ? `Approved by ${verdict.by}` : `${verdict.by} asked for changes`}</strong>{' '}
        <time>{momentText(verdict.at, now)}</time>
        {verdict.summary.trim() !== '' && <Markdown text={verdict.summary} />}
      </div>
    </div>
  );
}
