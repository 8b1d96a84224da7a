import type { Event } from '@quarterdeck/contract/event';
import type { Comment, TaskCard } from '@quarterdeck/contract/task';
import { useState } from 'react';
import { client } from '../../connection/client.ts';
import { useLive } from '../../connection/live-store.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { InlineCode } from '../../ui/inline-code.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { MOD_KEY } from '../../ui/mod-key.ts';
import { toastRefusal } from '../../ui/refusal-toast.ts';
import { momentText } from '../../ui/time-text.ts';
import { useNow } from '../../ui/use-now.ts';
import { useAgentInitials } from '../agents/use-agents.ts';
import { useStickToBottom } from '../sessions/use-stick-to-bottom.ts';
import { activityOf } from './activity-of.ts';
import styles from './activity-tab.module.css';

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
  return (
    <li className={styles.comment}>
      <Avatar name={comment.author} agentInitials={initials} size={24} />
      <div>
        <div className={styles.author}>
          <strong>{comment.author}</strong>
          <time>{momentText(comment.createdAt, now)}</time>
        </div>
        <Markdown text={comment.body} />
      </div>
    </li>
  );
}

function CommentBox({ taskId }: { readonly taskId: string }) {
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const me = useLive((state) => state.me?.name);
  const send = async () => {
    if (text.trim() === '' || isBusy) return;
    setBusy(true);
    const reply = await client.call('task.comment', {
      params: { taskId },
      body: { body: text.trim(), author: me ?? null },
    });
    setBusy(false);
    if (reply.ok) setText('');
    else toastRefusal('The comment was not added', reply.refusal);
  };
  return (
    <form
      className={styles.box}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        rows={2}
        aria-label="Comment"
        placeholder="Comment; agents read it when they take the task"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void send();
        }}
      />
      <Button type="submit" size="small" shortcut={`${MOD_KEY}↵`} disabled={text.trim() === '' || isBusy}>
        Comment
      </Button>
    </form>
  );
}
