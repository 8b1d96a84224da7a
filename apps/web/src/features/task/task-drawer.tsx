import { Link } from '@tanstack/react-router';
import { Maximize2, X } from 'lucide-react';
import buttonStyles from '../../ui/button.module.css';
import { IconButton } from '../../ui/button.tsx';
import { useGoBoard } from '../board/use-go-board.ts';
import styles from './task-drawer.module.css';
import { TaskView } from './task-view.tsx';

interface TaskDrawerProps {
  readonly taskId: string;
  readonly tab: string | undefined;
}

/** A task beside the board. */
export function TaskDrawer({ taskId, tab }: TaskDrawerProps) {
  const go = useGoBoard();
  return (
    <aside className={styles.drawer} aria-label={`Task ${taskId}`} data-drawer>
      <TaskView
        key={taskId}
        taskId={taskId}
        tab={tab}
        onTab={(next) => go({ tab: next })}
        tools={
          <>
            <Link
              to="/tasks/$taskId"
              params={{ taskId }}
              className={buttonStyles.icon}
              aria-label="Open as a page"
              title="Open as a page"
            >
              <Maximize2 />
            </Link>
            <IconButton label="Close (Esc)" onClick={() => go({ task: undefined, tab: undefined })}>
              <X />
            </IconButton>
          </>
        }
      />
    </aside>
  );
}
