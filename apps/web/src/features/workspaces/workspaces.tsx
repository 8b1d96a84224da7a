import type { Workspace, WorkspaceList, WorkspaceTotal } from '@quarterdeck/contract/workspace';
import { Link } from '@tanstack/react-router';
import { bytesText, countText } from '../../ui/amount-text.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { STATUS_WORD } from '../../ui/status-word.ts';
import { momentText, untilText } from '../../ui/time-text.ts';
import { useNow } from '../../ui/use-now.ts';
import { RemoveWorkspace } from './remove-workspace.tsx';
import { useWorkspaces } from './use-workspaces.ts';
import styles from './workspaces.module.css';

/** The folders that hold the work of tasks: what they take on disk, and when they go. */
export function Workspaces() {
  const { list, failure, reload } = useWorkspaces();
  return (
    <section aria-label="Workspaces">
      <h2 className={styles.heading}>
        Workspaces
        {list?.totals.map((total) => (
          <span key={total.runnerId}>{totalText(total, list)}</span>
        ))}
      </h2>
      {failure !== null && <p className={styles.note}>The workspaces cannot be shown. {failure}</p>}
      {list?.workspaces.length === 0 && (
        <p className={styles.note}>
          No task has left a folder. Each gets one of its own when an agent starts on it.
        </p>
      )}
      <ul className={styles.list}>
        {list?.workspaces.map((workspace) => (
          <Item key={workspace.runId} workspace={workspace} onRemoved={reload} />
        ))}
      </ul>
    </section>
  );
}

function totalText({ runnerName, count, sizeBytes, unmeasured }: WorkspaceTotal, list: WorkspaceList) {
  const where = list.totals.length > 1 ? `${runnerName}: ` : '';
  const unknown = unmeasured > 0 ? `, ${unmeasured} not measured` : '';
  return `${where}${countText(count, 'folder')}, ${bytesText(sizeBytes)}${unknown}`;
}

function Item({ workspace, onRemoved }: { readonly workspace: Workspace; readonly onRemoved: () => void }) {
  const now = useNow(60_000);
  const { taskId, taskTitle, taskStatus, sizeBytes, isLanded, path, lastUsedAt } = workspace;
  return (
    <li className={styles.item}>
      <StatusGlyph status={taskStatus} />
      <span className={styles.names}>
        <Link to="/" search={{ task: taskId }}>
          {taskTitle}
        </Link>
        <small title={path}>
          {STATUS_WORD[taskStatus]}
          {isLanded && ', landed'}, used {momentText(lastUsedAt, now)}. {fateOf(workspace, now)}
        </small>
      </span>
      <span className={styles.size}>{sizeBytes === null ? 'not measured' : bytesText(sizeBytes)}</span>
      <RemoveWorkspace workspace={workspace} onRemoved={onRemoved} />
    </li>
  );
}

function fateOf({ keptBecause, removedAfter }: Workspace, now: number): string {
  if (keptBecause !== null) return `Kept: ${keptBecause}`;
  if (removedAfter === null) return 'Stays.';
  return removedAfter <= now ? 'Goes now.' : `Goes ${untilText(removedAfter, now)}.`;
}
