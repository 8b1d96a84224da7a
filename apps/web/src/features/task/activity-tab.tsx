import type { Event } from '@quarterdeck/contract/event';
import type { Comment, TaskCard } from '@quarterdeck/contract/task';
import { useMemo } from 'react';
import { Avatar } from '../../ui/avatar.tsx';
import { InlineCode } from '../../ui/inline-code.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { momentText } from '../../ui/time-text.ts';
import { useNow } from '../../ui/use-now.ts';
import { useAgentInitials, useAgents } from '../agents/use-agents.ts';
import { useStickToBottom } from '../sessions/use-stick-to-bottom.ts';
import { activityOf } from './activity-of.ts';
import styles from './activity-tab.module.css';
import { CommentBox } from './comment-box.tsx';

interface ActivityTabProps {
  readonly card: TaskCard;
  readonly events: readonly Event[];
  readonly comments: readonly Comment[];
}

/** What happened to the task and what people and agents say about it, the newest at the end. */
export function ActivityTab({ card, events, comments }: ActivityTabProps) {
  const { scroller } = useStickToBottom(events);
  const now = useNow(60_000);
  return (
    <div className={styles.activity}>
      <section ref={scroller} className={styles.scroller} aria-label="Activity">
        <ol className={styles.entries}>
          {activityOf(events, comments).map((entry) =>
            entry.kind === 'comment' ? (
              <CommentEntry key={entry.key} comment={entry.comment} now={now} />
            ) : (
              <li key={entry.key} className={styles.event}>
                <span>
                  <strong>{entry.actor}</strong> <InlineCode text={entry.words} />
                </span>
                <time>{momentText(entry.at, now)}</time>
              </li>
            ),
          )}
        </ol>
      </section>
      <CommentBox taskId={card.id} />
    </div>
  );
}

function CommentEntry({ comment, now }: { readonly comment: Comment; readonly now: number }) {
  const initials = useAgentInitials(comment.author);
  const agents = useAgents();
  const profiles = useMemo(() => new Set(agents.map(({ profile }) => profile)), [agents]);
  return (
    <li className={styles.comment}>
      <Avatar name={comment.author} agentInitials={initials} size={24} />
      <div>
        <div className={styles.author}>
          <strong>{comment.author}</strong>
          <time>{momentText(comment.createdAt, now)}</time>
        </div>
        <Markdown text={comment.body} mentions={profiles} />
      </div>
    </li>
  );
}
