import { useRouterState } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useLive } from '../../connection/live-store.ts';
import { Button } from '../../ui/button.tsx';
import { MOD_KEY } from '../../ui/mod-key.ts';
import { createHere } from '../board/create-here.ts';
import { ConnectionDot } from './connection-dot.tsx';
import styles from './header.module.css';
import { pageName } from './page-name.ts';
import { PeopleMenu } from './people-menu.tsx';
import { ProjectSelect } from './project-select.tsx';
import { SearchBox } from './search-box.tsx';
import { useShellUi } from './shell-ui.ts';

export function Header() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const isBoard = path === '/';
  const isReady = useLive((state) => state.phase === 'ready');
  const title = pageName(path) ?? 'Not found';
  return (
    <header className={styles.header}>
      {isBoard ? (
        <>
          <ProjectSelect />
          <SearchBox />
        </>
      ) : (
        <div className={styles.title}>{title}</div>
      )}
      <Button
        look="quiet"
        size="small"
        className={styles.palette}
        shortcut={`${MOD_KEY}K`}
        onClick={() => useShellUi.setState({ isPaletteOpen: true })}
      >
        Jump to
      </Button>
      {!isBoard && <span className={styles.space} />}
      {isBoard && <span className={styles.boardSpace} />}
      <ConnectionDot />
      {isBoard && isReady && (
        <Button
          look="primary"
          shortcut="C"
          className={styles.create}
          aria-label="New task"
          onClick={createHere}
        >
          <Plus aria-hidden="true" />
          <span>New task</span>
        </Button>
      )}
      <PeopleMenu />
    </header>
  );
}
