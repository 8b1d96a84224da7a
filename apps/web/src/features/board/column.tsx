import type { TaskStatus } from '@quarterdeck/contract/status';
import type { TaskCard } from '@quarterdeck/contract/task';
import { ChevronsLeftRight, Plus } from 'lucide-react';
import { memo, useMemo } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { STATUS_MEANING, STATUS_WORD } from '../../ui/status-word.ts';
import { chooseFold } from './board-prefs.ts';
import { useBoardUi } from './board-ui.ts';
import styles from './column.module.css';
import { ColumnList } from './column-list.tsx';
import { heldRows, laneRows, plainRows } from './column-rows.ts';
import { canCreateIn } from './create-task.ts';
import { InlineCreate } from './inline-create.tsx';
import { canMove } from './move-targets.ts';
import { useHeld } from './use-held.ts';

interface ColumnProps {
  readonly status: TaskStatus;
  readonly cards: readonly TaskCard[];
  readonly openId: string | undefined;
  readonly hasLanes: boolean;
  readonly showsProject: boolean;
  readonly isFiltered: boolean;
}

export const Column = memo(function Column(props: ColumnProps) {
  const { status, cards, openId, hasLanes, showsProject, isFiltered } = props;
  const isCreating = useBoardUi((state) => state.creatingIn === status);
  const landing = useLanding(status);
  const { held, release, handlers } = useHeld(cards);
  const { rows, arrivals } = useMemo(() => (held ? heldRows(held, cards) : plainRows(cards)), [held, cards]);
  const isInLanes = hasLanes && status === 'running';
  const shown = useMemo(() => (isInLanes ? laneRows(rows) : rows), [isInLanes, rows]);
  const hasLive = cards.some(({ run }) => run?.status === 'working');
  return (
    <section
      className={classes(styles.column, landing && styles[landing])}
      data-column={status}
      data-status={status}
      aria-label={`${STATUS_WORD[status]}, ${cards.length} tasks`}
    >
      <header className={styles.head}>
        <StatusGlyph status={status} isLive={hasLive} />
        <h2>{STATUS_WORD[status]}</h2>
        <span className={styles.count}>{cards.length.toLocaleString('en')}</span>
        <span className={styles.space} />
        {arrivals > 0 && (
          <button type="button" className={styles.arrivals} onClick={release}>
            {arrivals} new
          </button>
        )}
        <IconButton
          label={`Fold ${STATUS_WORD[status]}`}
          className={classes(styles.tool, styles.fold)}
          onClick={() => chooseFold(status, 'folded')}
        >
          <ChevronsLeftRight />
        </IconButton>
        {canCreateIn(status) && (
          <IconButton
            label={`New task in ${STATUS_WORD[status]} (C)`}
            className={styles.tool}
            onClick={() => useBoardUi.setState({ creatingIn: status })}
          >
            <Plus />
          </IconButton>
        )}
      </header>
      {isCreating && <InlineCreate status={status} />}
      <ColumnList
        status={status}
        rows={shown}
        openId={openId}
        showsProject={showsProject}
        holding={handlers}
      />
      {cards.length === 0 && !isCreating && !isFiltered && (
        <p className={styles.empty}>{STATUS_MEANING[status]}</p>
      )}
    </section>
  );
});

/** A column drawn as a strip: still counted, still a place to drop. */
export const ColumnStrip = memo(function ColumnStrip({
  status,
  count,
}: {
  status: TaskStatus;
  count: number;
}) {
  const landing = useLanding(status);
  return (
    <section
      className={classes(styles.strip, landing && styles[landing])}
      data-column={status}
      data-status={status}
      aria-label={`${STATUS_WORD[status]}, ${count} tasks, folded`}
    >
      <button
        type="button"
        className={styles.unfold}
        title={`Open ${STATUS_WORD[status]}`}
        onClick={() => chooseFold(status, 'open')}
      >
        <StatusGlyph status={status} />
        <span className={styles.count}>{count.toLocaleString('en')}</span>
        <span className={styles.upright}>{STATUS_WORD[status]}</span>
      </button>
    </section>
  );
});

/** How a column shows that the lifted card may or may not land here. */
function useLanding(status: TaskStatus): 'target' | 'possible' | 'refused' | null {
  return useBoardUi(({ lift }) => {
    if (!lift || lift.from === status) return null;
    const isPossible = canMove(lift.from, status);
    if (lift.over === status) return isPossible ? 'target' : 'refused';
    return isPossible ? 'possible' : null;
  });
}
