import type { Run } from '@quarterdeck/contract/run';
import type { WorkspaceDiff } from '@quarterdeck/contract/runner-protocol';
import type { TaskCard } from '@quarterdeck/contract/task';
import { FileDiff, RefreshCw } from 'lucide-react';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { client } from '../../connection/client.ts';
import { countText } from '../../ui/amount-text.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ChangeCounts } from '../../ui/change-counts.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { sentence } from '../../ui/refusal-toast.ts';
import { canReview } from '../review/can-review.ts';
import { type ChangedFiles, readChangedFiles } from '../review/changed-files.ts';
import { FilesPanel } from '../review/files-panel.tsx';
import { LandingNote } from '../review/landing-note.tsx';
import { ReviewBar } from '../review/review-bar.tsx';
import { useFileInSight } from '../review/use-file-in-sight.ts';
import { useFileKeys } from '../review/use-file-keys.ts';
import { useFileMarks } from '../review/use-file-marks.ts';
import { VerdictNote } from '../review/verdict-note.tsx';
import { ChangedFile } from './changed-file.tsx';
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
  const scroller = useRef<HTMLDivElement>(null);
  const changed = useMemo(() => readChangedFiles(readPatch(diff.patch)), [diff.patch]);
  const isOpen = canReview(card);
  const seen = { runId, head: card.workspaceKind === 'worktree' ? diff.head : null };
  return (
    <div ref={scroller} className={styles.changes}>
      <LandingNote card={card} />
      <VerdictNote card={card} />
      {isOpen && <ReviewBar card={card} seen={seen} />}
      {changed.files.length === 0 ? (
        <NoChanges onRetry={onRefresh}>The workspace is as it started.</NoChanges>
      ) : (
        <>
          <div className={styles.summary}>
            <strong>{countText(diff.stat.files, 'file')}</strong>
            <ChangeCounts added={diff.stat.added} removed={diff.stat.removed} />
            {diff.hasUncommitted && <span>not committed yet</span>}
            <span className={styles.space} />
            <IconButton label="Look again" onClick={onRefresh}>
              <RefreshCw />
            </IconButton>
          </div>
          <FileReview changed={changed} taskId={card.id} canRemark={isOpen} scroller={scroller} />
        </>
      )}
      {diff.isCut && (
        <p className={styles.cut}>
          The change is larger than 4 MB; the rest is in the branch {diff.branch ?? 'of the task'}.
        </p>
      )}
    </div>
  );
}

interface FileReviewProps {
  readonly changed: ChangedFiles;
  readonly taskId: string;
  readonly canRemark: boolean;
  readonly scroller: RefObject<HTMLElement | null>;
}

/** The tree and the diffs, one below the other or side by side. */
function FileReview({ changed, taskId, canRemark, scroller }: FileReviewProps) {
  const { files } = changed;
  const paths = useMemo(() => files.map(({ path }) => path), [files]);
  const { inSight, goTo } = useFileInSight(scroller, paths);
  const { isOpen, setOpen, isViewed, setViewed } = useFileMarks(taskId, files);
  useFileKeys({
    step: (by) => {
      const at = paths.indexOf(inSight ?? '');
      const next = paths[Math.min(paths.length - 1, Math.max(0, at + by))];
      if (next) goTo(next);
    },
    toggleViewed: () => inSight && setViewed(inSight, !isViewed(inSight)),
  });
  return (
    <div className={styles.layout}>
      {files.length > 1 && <FilesPanel {...changed} current={inSight} isViewed={isViewed} onPick={goTo} />}
      <div className={styles.files}>
        {files.map((facts) => (
          <ChangedFile
            key={facts.path}
            facts={facts}
            isOpen={isOpen(facts.path)}
            onOpen={(open) => setOpen(facts.path, open)}
            isViewed={isViewed(facts.path)}
            onViewed={(viewed) => setViewed(facts.path, viewed)}
            taskId={taskId}
            canRemark={canRemark}
          />
        ))}
      </div>
    </div>
  );
}
