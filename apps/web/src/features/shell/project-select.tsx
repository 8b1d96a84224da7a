import { useNavigate, useSearch } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { useLive } from '../../connection/live-store.ts';
import { Menu } from '../../ui/menu.tsx';
import type { BoardSearch } from '../board/board-search.ts';
import { useGoBoard } from '../board/use-go-board.ts';
import styles from './project-select.module.css';

/** Which project's tasks the board shows. */
export function ProjectSelect() {
  const { project } = useSearch({ strict: false }) as BoardSearch;
  const projects = useLive((state) => state.board.projects);
  const go = useGoBoard();
  const navigate = useNavigate();
  const items = [
    { key: '-all', label: 'All projects', isOn: !project, onSelect: () => go({ project: undefined }) },
    'line' as const,
    ...[...projects.values()].map(({ id, name }) => ({
      key: id,
      label: name,
      isOn: id === project,
      onSelect: () => go({ project: id }),
    })),
    'line' as const,
    { key: '-add', label: 'Add a project…', onSelect: () => void navigate({ to: '/settings' }) },
  ];
  return (
    <Menu
      label="Project"
      items={items}
      trigger={
        <button type="button" className={styles.select}>
          <span className={styles.label}>Project</span>
          <strong>{projects.get(project ?? '')?.name ?? 'All'}</strong>
          <ChevronDown aria-hidden="true" />
        </button>
      }
    />
  );
}
