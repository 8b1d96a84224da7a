import type { TaskCard } from '@quarterdeck/contract/task';
import { CircleCheck, MessageSquareWarning } from 'lucide-react';
import { Callout } from '../../ui/callout.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { momentText } from '../../ui/time-text.ts';
import { useNow } from '../../ui/use-now.ts';
import styles from './verdict-note.module.css';

/** What the reviewer said of the work as it was last handed in. */
export function VerdictNote({ card }: { readonly card: TaskCard }) {
  const now = useNow(60_000);
  const { verdict } = card;
  if (!verdict) return null;
  const isApproved = verdict.decision === 'approved';
  return (
    <Callout
      tone={isApproved ? 'done' : 'running'}
      icon={isApproved ? <CircleCheck aria-hidden="true" /> : <MessageSquareWarning aria-hidden="true" />}
    >
      <strong>{isApproved ? `Approved by ${verdict.by}` : `${verdict.by} asked for changes`}</strong>{' '}
      <time className={styles.when}>{momentText(verdict.at, now)}</time>
      {verdict.summary.trim() !== '' && <Markdown text={verdict.summary} />}
    </Callout>
  );
}
