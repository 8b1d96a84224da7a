import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { PanelRight } from 'lucide-react';
import buttonStyles from '../../ui/button.module.css';
import styles from './task-page.module.css';
import { TaskView } from './task-view.tsx';

/** A task on a page of its own. */
export function TaskPage() {
  const { taskId } = useParams({ strict: false }) as { readonly taskId: string };
  const { tab } = useSearch({ strict: false }) as { readonly tab?: string };
  const navigate = useNavigate();
  return (
    <div className={styles.page}>
      <TaskView
        key={taskId}
        taskId={taskId}
        tab={tab}
        onTab={(next) =>
          void navigate({ to: '/tasks/$taskId', params: { taskId }, search: { tab: next }, replace: true })
        }
        tools={
          <Link
            to="/"
            search={{ task: taskId }}
            className={buttonStyles.icon}
            aria-label="Show on the board"
            title="Show on the board"
          >
            <PanelRight />
          </Link>
        }
      />
    </div>
  );
}
