import type { Run } from '@quarterdeck/contract/run';
import type { TaskCard } from '@quarterdeck/contract/task';
import { FileDiff, FolderTree, RefreshCw } from 'lucide-react';
import { type RefObject, useMemo, useRef, useState } from 'react';
import { useLive } from '../../connection/live-store.ts';
import { countText } from '../../ui/amount-text.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { ChangeCounts } from '../../ui/change-counts.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { BuildsOnNote } from '../review/builds-on-note.tsx';
import { canReview } from '../review/can-review.ts';
import { type ChangedFiles, readChangedFiles } from '../review/changed-files.ts';
import { FilesPanel } from '../review/files-panel.tsx';
import { LandingNote } from '../review/landing-note.tsx';
import { ReviewBar } from '../review/review-bar.tsx';
import { RunNotes } from '../review/run-notes.tsx';
import { seenOf } from '../review/seen-of.ts';
import { UnkeptNote } from '../review/unkept-note.tsx';
import { useFileInSight } from '../review/use-file-in-sight.ts';
import { useFileKeys } from '../review/use-file-keys.ts';
import { useFileMarks } from '../review/use-file-marks.ts';
import { VerdictNote } from '../review/verdict-note.tsx';
import { ChangedFile } from './changed-file.tsx';
import styles from './changes-tab.module.css';
import { readPatch } from './read-patch.ts';
import { type ShownChanges, useChanges } from './use-changes.ts';

interface ChangesTabProps {
  readonly card: TaskCard;
  /** The newest attempt at the work. */
  readonly run: Run | null;
  readonly runs: readonly Run[];
}

/** What a task changed: its folder while an agent works, afterwards the commits that would land. */
export function ChangesTab({ card, run, runs }: ChangesTabProps) {
  const [isOwn, setOwn] = useState(false);
  const { answer, refresh } = useChanges(card.id, run, isOwn);
  if (!run) return <NoChanges>When an agent works on the task, what it changes appears here.</NoChanges>;
  if (!answer) return null;
  if ('problem' in answer) return <NoChanges onRetry={refresh}>{answer.problem}</NoChanges>;
  return <Changes changes={answer} onRefresh={refresh} onOwn={setOwn} {...{ card, run, runs, isOwn }} />;
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
  readonly run: Run;
  readonly runs: readonly Run[];
  readonly changes: ShownChanges;
  readonly isOwn: boolean;
  readonly onOwn: (isOwn: boolean) => void;
  readonly onRefresh: () => void;
}

function Changes({ card, run, runs, changes, isOwn, onOwn, onRefresh }: ChangesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { all, shown: diff } = changes;
  const changed = useMemo(() => readChangedFiles(readPatch(diff.patch)), [diff.patch]);
  const isOpen = canReview(card);
  return (
    <div ref={scroller} className={styles.changes}>
      <LandingNote card={card} />
      <UnkeptNote card={card} run={run} diff={all} />
      <RunNotes runs={runs} />
      <VerdictNote card={card} />
      {all.startedFrom !== null && <BuildsOnNote isOwn={isOwn} onOwn={onOwn} />}
      {isOpen && <ReviewBar card={card} seen={seenOf(card, run, all)} onOutdated={onRefresh} />}
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
          <OutsideNote card={card} changed={changed} />
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

/** A project that is a folder of a repository: what was changed elsewhere in it lands too, so it must be seen. */
function OutsideNote({ card, changed }: { readonly card: TaskCard; readonly changed: ChangedFiles }) {
  const subfolder = useLive((state) => state.board.projects.get(card.projectId)?.subfolder ?? null);
  const outside = changed.files.filter(({ path }) => !path.startsWith(`${subfolder}/`));
  if (subfolder === null || outside.length === 0) return null;
  return (
    <Callout tone="review" icon={<FolderTree aria-hidden="true" />} role="note">
      <p>
        {countText(outside.length, 'file')} outside of <code>{subfolder}</code> changed too, and would land
        with the rest.
      </p>
    </Callout>
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
