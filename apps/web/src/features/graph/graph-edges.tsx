import { SATISFIED_STATUSES } from '@quarterdeck/contract/status';
import type { ChosenGraph } from './choose-graph.ts';
import styles from './graph-edges.module.css';
import type { GraphPicture } from './lay-out-graph.ts';

interface GraphEdgesProps {
  readonly picture: GraphPicture;
  readonly graph: ChosenGraph;
  /** The task whose links stand out. */
  readonly touched: string | null;
}

/** The links: solid while the parent holds its child back, faint and dashed when it no longer does. */
export function GraphEdges({ picture, graph, touched }: GraphEdgesProps) {
  const satisfied = new Set<string>(
    graph.tasks.filter(({ status }) => SATISFIED_STATUSES.includes(status)).map(({ id }) => id),
  );
  return (
    <svg className={styles.edges} width={picture.width} height={picture.height} aria-hidden="true">
      <defs>
        <marker
          id="graph-arrow"
          viewBox="0 0 8 8"
          refX="7.2"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path d="M1 1 7 4 1 7" className={styles.arrow} />
        </marker>
      </defs>
      {picture.edges.map(({ parentId, childId, path }) => (
        <path
          key={`${parentId} ${childId}`}
          d={path}
          className={styles.edge}
          markerEnd="url(#graph-arrow)"
          data-satisfied={satisfied.has(parentId)}
          data-touched={parentId === touched || childId === touched}
        />
      ))}
    </svg>
  );
}
