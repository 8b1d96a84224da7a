import type { EventKind } from '@quarterdeck/contract/event';
import type { StreamFrame } from '@quarterdeck/contract/stream';
import { useEffect } from 'react';
import { onFrame } from '../../connection/frames.ts';
import { useLive } from '../../connection/live-store.ts';
import { loadDiagnostics } from './diagnostics-store.ts';

/** What happens together is asked about once, and a busy board asks no more often than this. */
const PAUSE_MS = 2000;
/** Most of what is wrong comes about by nothing happening. */
const EVERY_MS = 60_000;

const UNTOUCHED: ReadonlySet<EventKind> = new Set(['task.attached', 'task.detached', 'run.noted']);

/** Whether an event can bring something wrong about, or mend it. */
export function touchesDiagnostics(frame: StreamFrame): boolean {
  if (frame.type !== 'event') return false;
  const { kind } = frame.event;
  return /^(task|run|proposal)\./.test(kind) && !UNTOUCHED.has(kind);
}

/** Keeps what is wrong up to date while the page is visible. */
export function useFollowDiagnostics(): void {
  const snapshots = useLive((state) => state.snapshots);
  const isReady = useLive((state) => state.phase === 'ready');
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new snapshot means events were missed
  useEffect(() => {
    if (!isReady) return;
    void loadDiagnostics();
    let planned: ReturnType<typeof setTimeout> | undefined;
    const plan = (pauseMs: number) => {
      planned ??= setTimeout(() => {
        planned = undefined;
        if (!document.hidden) void loadDiagnostics();
      }, pauseMs);
    };
    const unlisten = onFrame((frame) => touchesDiagnostics(frame) && plan(PAUSE_MS));
    const every = setInterval(() => plan(0), EVERY_MS);
    const show = () => !document.hidden && plan(0);
    document.addEventListener('visibilitychange', show);
    return () => {
      unlisten();
      clearInterval(every);
      clearTimeout(planned);
      document.removeEventListener('visibilitychange', show);
    };
  }, [snapshots, isReady]);
}
