import type { TaskCard } from '@quarterdeck/contract/task';
import { GitMerge, MessageSquare, Paperclip } from 'lucide-react';
import { useLive } from '../../connection/live-store.ts';
import { moneyText, tokensText } from '../../ui/amount-text.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { ChangeCounts } from '../../ui/change-counts.tsx';
import { useAgentInitials } from '../agents/use-agents.ts';
import styles from './card.module.css';

function ProjectTag({ projectId }: { readonly projectId: string }) {
  const name = useLive((state) => state.board.projects.get(projectId)?.name);
  return name ? <span className={styles.tag}>{name}</span> : null;
}

/** What belongs to a card at a glance: how far, how much, where, who. */
export function CardFoot({
  card,
  showsProject,
}: {
  readonly card: TaskCard;
  readonly showsProject: boolean;
}) {
  const agentInitials = useAgentInitials(card.assignee);
  const { progress, commentCount, attachmentCount, assignee, tenant } = card;
  const diff = card.run ? null : card.lastRun?.diffStat;
  const landed = card.landing?.status === 'landed' ? card.landing : null;
  const spent = spentText(card.run ?? card.lastRun);
  if (
    !diff &&
    !landed &&
    !progress &&
    commentCount === 0 &&
    attachmentCount === 0 &&
    !spent &&
    !assignee &&
    !tenant &&
    !showsProject
  )
    return null;
  return (
    <div className={styles.foot}>
      <div className={styles.facts}>
        {diff && <ChangeCounts added={diff.added} removed={diff.removed} />}
        {progress && (
          <span
            className={styles.pill}
            title={`${progress.done} of ${progress.total} tasks that wait for it are done`}
          >
            <i
              className={styles.ring}
              style={{ '--part': progress.done / progress.total } as React.CSSProperties}
            />
            {progress.done}/{progress.total}
          </span>
        )}
        {commentCount > 0 && (
          <span className={styles.pill} title={`${commentCount} comments`}>
            <MessageSquare aria-hidden="true" />
            {commentCount}
          </span>
        )}
        {attachmentCount > 0 && (
          <span className={styles.pill} title={`${attachmentCount} attachments`}>
            <Paperclip aria-hidden="true" />
            {attachmentCount}
          </span>
        )}
        {landed && (
          <span className={styles.pill} title={`Its work is in ${landed.into}`}>
            <GitMerge aria-hidden="true" />
            {landed.into}
          </span>
        )}
        {showsProject && <ProjectTag projectId={card.projectId} />}
        {tenant && <span className={styles.tag}>{tenant}</span>}
        {spent && <span>{spent}</span>}
      </div>
      {assignee && <Avatar name={assignee} agentInitials={agentInitials} />}
    </div>
  );
}

function spentText(run: TaskCard['run'] | TaskCard['lastRun']): string | null {
  if (!run) return null;
  if (run.costMicros !== null) return moneyText(run.costMicros, run.costSource);
  return run.tokens === null ? null : `${tokensText(run.tokens)} tokens`;
}
