import { Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Toaster } from 'sonner';
import { useLive } from '../../connection/live-store.ts';
import { Announcer } from '../../ui/announcer.tsx';
import { classes } from '../../ui/classes.ts';
import { BoardSkeleton } from '../board/board-skeleton.tsx';
import { MoveQuestion } from '../board/move-question.tsx';
import { useFollowDiagnostics } from '../diagnostics/use-follow-diagnostics.ts';
import { SignInNeeded } from '../identity/sign-in-needed.tsx';
import styles from './app-shell.module.css';
import { BottomBar } from './bottom-bar.tsx';
import { Header } from './header.tsx';
import { LoadFailed } from './load-failed.tsx';
import { Rail } from './rail.tsx';
import { useShellUi } from './shell-ui.ts';
import { shownTheme, useTheme } from './theme.ts';
import { usePageTitle } from './use-page-title.ts';
import { useShellKeys } from './use-shell-keys.ts';

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));
const KeySheet = lazy(async () => ({ default: (await import('./key-sheet.tsx')).KeySheet }));

/** The frame around every page: rail, header, page, and what floats above them. */
export function AppShell() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const theme = useTheme(({ choice }) => shownTheme(choice));
  const isSignIn = path === '/sign-in';
  usePageTitle(path);
  return (
    <>
      {isSignIn ? <Outlet /> : <Signed />}
      <Announcer />
      <Toaster
        theme={theme}
        position="bottom-left"
        offset={{ bottom: 16, left: 'calc(var(--rail) + 16px)' }}
        mobileOffset={{ bottom: 76 }}
        toastOptions={{ className: styles.toast ?? '', duration: 7000, actionButtonStyle: ACTION }}
      />
    </>
  );
}

const ACTION = { background: 'var(--accent)', color: 'var(--accent-ink)', height: 26, fontWeight: 600 };

function Signed() {
  const phase = useLive((state) => state.phase);
  const isFolded = useShellUi((state) => state.isRailFolded);
  const { isPaletteOpen, isKeySheetOpen } = useShellUi();
  useShellKeys();
  useFollowDiagnostics();
  if (phase === 'signed-out') return <SignInNeeded />;
  return (
    <div className={classes(styles.shell, isFolded && styles.folded)}>
      <a className={styles.skip} href="#main">
        Skip to the page
      </a>
      <Rail />
      <Header />
      <main id="main" className={styles.main} tabIndex={-1}>
        {phase === 'loading' && <BoardSkeleton />}
        {phase === 'failed' && <LoadFailed />}
        {phase === 'ready' && (
          <Suspense fallback={null}>
            <Outlet />
          </Suspense>
        )}
      </main>
      <BottomBar />
      <MoveQuestion />
      <Suspense fallback={null}>
        {isPaletteOpen && <Palette />}
        {isKeySheetOpen && <KeySheet />}
      </Suspense>
    </div>
  );
}
