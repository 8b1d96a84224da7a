import { Link } from '@tanstack/react-router';
import { FolderGit2, Plus, SquareKanban } from 'lucide-react';
import { useLive } from '../../connection/live-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import linkStyles from '../../ui/link-button.module.css';
import { useBoardUi } from './board-ui.ts';

/** The board before its first task. */
export function BoardEmpty() {
  const hasProject = useLive((state) => state.board.projects.size > 0);
  if (!hasProject) {
    return (
      <EmptyState
        icon={<FolderGit2 />}
        title="Add your first project"
        action={
          <Link to="/settings" className={linkStyles.primary}>
            Add a project
          </Link>
        }
      >
        Quarterdeck gives tasks to coding agents that work in your repository. Tell it which folder that is;
        nothing in it is changed until a task runs, and then only on a branch of its own.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<SquareKanban />}
      title="Nothing to do yet"
      action={
        <Button look="primary" shortcut="C" onClick={() => useBoardUi.setState({ creatingIn: 'ready' })}>
          <Plus aria-hidden="true" />
          Write the first task
        </Button>
      }
    >
      A task is one piece of work in plain words. Give it to an agent and it starts in its own workspace as
      soon as it is ready; you watch, answer and decide here. To work on your own code,{' '}
      <Link to="/settings" className={linkStyles.inText}>
        add your repository
      </Link>{' '}
      first.
    </EmptyState>
  );
}
