import { Link } from '@tanstack/react-router';
import { Avatar } from '../../ui/avatar.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { STATUS_WORD } from '../../ui/status-word.ts';
import { useAgentInitials } from '../agents/use-agents.ts';
import type { GraphTask } from './choose-graph.ts';
import styles from './graph-node.module.css';

interface GraphNodeProps {
  readonly task: GraphTask;
  readonly place: { readonly x: number; readonly y: number };
  readonly isAsked: boolean;
  readonly onTouch: (taskId: string | null) => void;
}

/** A task in the graph; following it opens the task. */
export function GraphNode({ task, place, isAsked, onTouch }: GraphNodeProps) {
  const { id, title, status, assignee } = task;
  const initials = useAgentInitials(assignee);
  return (
    <Link
      to="/tasks/$taskId"
      params={{ taskId: id }}
      data-status={status}
      data-node={id}
      data-asked={isAsked}
      className={styles.node}
      style={{ left: place.x, top: place.y }}
      title={title}
      draggable={false}
      onFocus={() => onTouch(id)}
      onBlur={() => onTouch(null)}
      onMouseEnter={() => onTouch(id)}
      onMouseLeave={() => onTouch(null)}
    >
      <span className={styles.top}>
        <StatusGlyph status={status} isLive={status === 'running'} />
        <span className={styles.word}>{STATUS_WORD[status]}</span>
        <code>{id}</code>
        {assignee && <Avatar name={assignee} agentInitials={initials} size={16} />}
      </span>
      <span className={styles.title}>{title}</span>
    </Link>
  );
}
