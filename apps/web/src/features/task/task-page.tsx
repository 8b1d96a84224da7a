import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { PanelRight } from 'lucide-react';
import { useEffect, useRef } from 'react';
import buttonStyles from '../../ui/button.module.css';
import { isTyping } from '../shell/is-typing.ts';
import styles from './task-page.module.css';
import { TaskView } from './task-view.tsx';

/** Escape goes back to the board, unless something in the page wants it. */
function useEscape(leave: () => void): void {
  const latest = useRef(leave);
  useEffect(() => {
    latest.current = leave;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !isTyping(event)) latest.current();
    };
    globalThis.addEventListener('keydown', press);
    return () => globalThis.removeEventListener('keydown', press);
  }, []);
}

/** A task on a page of its own. */
export function TaskPage() {
  const { taskId } = useParams({ strict: false }) as { readonly taskId: string };
  const { tab } = useSearch({ strict: false }) as { readonly tab?: string };
  const navigate = useNavigate();
  useEscape(() => void navigate({ to: '/', search: { task: taskId } }));
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
