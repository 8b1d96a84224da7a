import type { TaskStatus } from '@quarterdeck/contract/status';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef } from 'react';
import { useLive } from '../../connection/live-store.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { STATUS_WORD } from '../../ui/status-word.ts';
import { useAgentInitials } from '../agents/use-agents.ts';
import { selectRange } from './board-ui.ts';
import { Card } from './card.tsx';
import { registerScroller } from './card-focus.ts';
import styles from './column.module.css';
import type { Row } from './column-rows.ts';

const GAP_PX = 7;

interface ColumnListProps {
  readonly status: TaskStatus;
  readonly rows: readonly Row[];
  readonly openId: string | undefined;
  readonly showsProject: boolean;
  readonly holding: Pick<React.ComponentProps<'div'>, 'onPointerEnter' | 'onPointerMove' | 'onPointerLeave'>;
}

/** The cards of a column; only those in sight are in the page. */
export function ColumnList({ status, rows, openId, showsProject, holding }: ColumnListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  // The same function for the same rows: another one makes the list measure all of them again.
  const keyOf = useCallback((index: number) => rows[index]?.key ?? index, [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimate(rows[index]),
    getItemKey: keyOf,
    gap: GAP_PX,
    overscan: 6,
    paddingEnd: 24,
  });
  useEffect(
    () =>
      registerScroller(status, (taskId) => {
        const index = rows.findIndex((row) => row.key === taskId);
        if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' });
      }),
    [status, rows, virtual],
  );
  const firstCard = rows.find((row) => row.kind === 'card')?.key;
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      {...holding}
      onClickCapture={(event) => selectByShift(event, rows)}
    >
      <ul className={styles.list} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start, size }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <li
              key={key}
              // An empty place keeps the height its card had.
              ref={row.kind === 'gone' ? undefined : virtual.measureElement}
              data-index={index}
              className={styles.item}
              style={{ transform: `translateY(${start}px)`, height: row.kind === 'gone' ? size : undefined }}
            >
              {row.kind === 'card' && (
                <Card
                  card={row.card}
                  isOpen={row.key === openId}
                  isTabStop={row.key === firstCard}
                  showsProject={showsProject}
                />
              )}
              {row.kind === 'gone' && <Gone taskId={row.key} />}
              {row.kind === 'lane' && <LaneHead assignee={row.assignee} count={row.count} />}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Shift and click selects every card from the focused one to this one instead of opening it. */
function selectByShift(event: React.MouseEvent, rows: readonly Row[]): void {
  const card = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-task-id]') : null;
  if (!event.shiftKey || !card) return;
  event.preventDefault();
  event.stopPropagation();
  const ids = rows.filter(({ kind }) => kind === 'card').map(({ key }) => key);
  selectRange(ids, card.dataset['taskId'] ?? '');
}

function estimate(row: Row | undefined): number {
  if (!row || row.kind === 'lane') return 26;
  return row.card.run ? 118 : 88;
}

/** The place of a card that left while the pointer was here, so that the others stay where they are. */
function Gone({ taskId }: { readonly taskId: string }) {
  const status = useLive((state) => state.board.cards.get(taskId)?.status);
  return (
    <div className={styles.gone}>
      {taskId} {status ? `is now in ${STATUS_WORD[status]}` : 'is no longer here'}
    </div>
  );
}

function LaneHead({ assignee, count }: { readonly assignee: string | null; readonly count: number }) {
  const initials = useAgentInitials(assignee);
  return (
    <div className={styles.lane}>
      {assignee && <Avatar name={assignee} agentInitials={initials} size={16} />}
      <span>{assignee ?? 'Nobody'}</span>
      <span className={styles.count}>{count}</span>
    </div>
  );
}
