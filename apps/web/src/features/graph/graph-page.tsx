import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Workflow } from 'lucide-react';
import { useMemo } from 'react';
import { useLive } from '../../connection/live-store.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import linkStyles from '../../ui/link-button.module.css';
import { type ChosenGraph, chooseGraph, type GraphSearch } from './choose-graph.ts';
import { GraphCanvas } from './graph-canvas.tsx';
import styles from './graph-page.module.css';
import { useOffBoard } from './use-off-board.ts';

/** Who waits for whom: around one task, or all tasks that are linked. Live like the board. */
export function GraphPage() {
  const search = useSearch({ strict: false }) as GraphSearch;
  const graph = useGraph(search);
  const isReady = useLive((state) => state.phase === 'ready');
  if (!isReady) return null;
  return (
    <div className={styles.page}>
      <GraphBar search={search} graph={graph} />
      {graph.links.length === 0 ? (
        <NoLinks search={search} />
      ) : (
        <GraphCanvas graph={graph} asked={search.task} />
      )}
    </div>
  );
}

/** Drawn anew only when what is shown of it changes, not with every event of the board. */
function useGraph(search: GraphSearch): ChosenGraph {
  const board = useLive((state) => state.board);
  const offBoard = useOffBoard(search.task);
  const chosen = useMemo(() => chooseGraph(board, search, offBoard), [board, search, offBoard]);
  const sketch = JSON.stringify(
    chosen.tasks
      .map(({ id, title, status, assignee }) => [id, title, status, assignee])
      .concat(chosen.links.map(({ parentId, childId }) => [parentId, childId])),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sketch stands for all that is drawn of it
  return useMemo(() => chosen, [sketch, chosen.leftOut]);
}

function GraphBar({ search, graph }: { readonly search: GraphSearch; readonly graph: ChosenGraph }) {
  const navigate = useNavigate();
  const title = useLive((state) => (search.task ? state.board.cards.get(search.task)?.title : undefined));
  return (
    <div className={styles.bar}>
      <h1 className={styles.title}>
        {search.task ? (
          <>
            Around <code>{search.task}</code> <span>{title}</span>
          </>
        ) : (
          'All linked tasks'
        )}
      </h1>
      {search.task ? (
        <Link to="/graph" search={{}} className={linkStyles.plain}>
          Show all linked tasks
        </Link>
      ) : (
        <label className={styles.toggle}>
          <input
            type="checkbox"
            checked={search.finished === 'yes'}
            onChange={({ target }) =>
              void navigate({
                to: '/graph',
                search: { ...search, finished: target.checked ? 'yes' : undefined } as GraphSearch,
                replace: true,
              })
            }
          />
          Finished tasks too
        </label>
      )}
      <span className={styles.summary}>
        {graph.tasks.length} tasks, {graph.links.length} links
        {graph.leftOut > 0 && `; ${graph.leftOut} more are not drawn. Choose a project or one task`}
      </span>
    </div>
  );
}

function NoLinks({ search }: { readonly search: GraphSearch }) {
  return (
    <EmptyState
      icon={<Workflow />}
      title={search.task ? 'This task stands alone' : 'No task waits for another'}
      action={
        <Link
          to="/"
          search={search.task ? { task: search.task, tab: 'task' } : {}}
          className={linkStyles.primary}
        >
          {search.task ? 'Open the task' : 'To the board'}
        </Link>
      }
    >
      Open a task and add what it waits for. It then starts by itself when those are done, and shows here.
    </EmptyState>
  );
}
