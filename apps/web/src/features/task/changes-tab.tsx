import type { Run } from '@quarterdeck/contract/run';
import type { WorkspaceDiff } from '@quarterdeck/contract/runner-protocol';
import type { TaskCard } from '@quarterdeck/contract/task';
import { FileDiff, RefreshCw } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { FileData } from 'react-diff-view';
import { client } from '../../connection/client.ts';
import { countText } from '../../ui/amount-text.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ChangeCounts } from '../../ui/change-counts.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { sentence } from '../../ui/refusal-toast.ts';
import { canReview } from '../review/can-review.ts';
import { LandingNote } from '../review/landing-note.tsx';
import { ReviewBar } from '../review/review-bar.tsx';
import { ChangedFile, changedPath, countFile } from './changed-file.tsx';
import styles from './changes-tab.module.css';
import { readPatch } from './read-patch.ts';

interface ChangesTabProps {
  readonly card: TaskCard;
  readonly run: Run | null;
}

type Answer = { readonly diff: WorkspaceDiff } | { readonly problem: string } | null;

/** What the task's workspace changed against where it started. */
export function ChangesTab({ card, run }: ChangesTabProps) {
  const [answer, setAnswer] = useState<Answer>(null);
  const [asked, setAsked] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again on demand and when the run ends
  useEffect(() => {
    if (!run) return;
    let isOver = false;
    void client.call('task.diff', { params: { taskId: card.id } }).then((reply) => {
      if (isOver) return;
      setAnswer(reply.ok ? { diff: reply.value } : { problem: sentence(reply.refusal.message) });
    });
    return () => {
      isOver = true;
    };
  }, [card.id, run?.id, run?.status, asked]);
  const refresh = () => setAsked((count) => count + 1);
  if (!run) return <NoChanges>When an agent works on the task, what it changes appears here.</NoChanges>;
  if (!answer) return null;
  if ('problem' in answer) return <NoChanges onRetry={refresh}>{answer.problem}</NoChanges>;
  return <Changes card={card} runId={run.id} diff={answer.diff} onRefresh={refresh} />;
}

function NoChanges({ children, onRetry }: { readonly children: string; readonly onRetry?: () => void }) {
  return (
    <EmptyState
      icon={<FileDiff />}
      title="No changes to show"
      action={onRetry && <Button onClick={onRetry}>Look again</Button>}
    >
      {children}
    </EmptyState>
  );
}

interface ChangesProps {
  readonly card: TaskCard;
  readonly runId: string;
  readonly diff: WorkspaceDiff;
  readonly onRefresh: () => void;
}

function Changes({ card, runId, diff, onRefresh }: ChangesProps) {
  const files = useMemo(() => readPatch(diff.patch), [diff.patch]);
  const isOpen = canReview(card);
  const seen = { runId, head: card.workspaceKind === 'worktree' ? diff.head : null };
  return (
    <div className={styles.changes}>
      <LandingNote card={card} />
      {isOpen && <ReviewBar card={card} seen={seen} />}
      {files.length === 0 && <NoChanges onRetry={onRefresh}>The workspace is as it started.</NoChanges>}
      {files.length > 0 && (
        <div className={styles.summary}>
          <strong>{countText(diff.stat.files, 'file')}</strong>
          <ChangeCounts added={diff.stat.added} removed={diff.stat.removed} />
          {diff.hasUncommitted && <span>not committed yet</span>}
          <span className={styles.space} />
          <IconButton label="Look again" onClick={onRefresh}>
            <RefreshCw />
          </IconButton>
        </div>
      )}
      <FileList files={files} />
      {files.map((file) => (
        <ChangedFile
          key={changedPath(file)}
          file={file}
          isOpenAtFirst={files.length <= 20}
          taskId={card.id}
          canRemark={isOpen}
        />
      ))}
      {diff.isCut && (
        <p className={styles.cut}>
          The change is larger than 4 MB; the rest is in the branch {diff.branch ?? 'of the task'}.
        </p>
      )}
    </div>
  );
}

function FileList({ files }: { readonly files: readonly FileData[] }) {
  if (files.length < 2) return null;
  return (
    <nav className={styles.files} aria-label="Changed files">
      {files.map((file) => {
        const { added, removed } = countFile(file);
        const path = changedPath(file);
        return (
          <button
            key={path}
            type="button"
            onClick={() => document.getElementById(`file-${path}`)?.scrollIntoView({ block: 'start' })}
          >
            <span className={styles.path}>{path}</span>
            <ChangeCounts added={added} removed={removed} />
          </button>
        );
      })}
    </nav>
  );
}
