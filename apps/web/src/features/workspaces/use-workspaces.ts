import type { WorkspaceList } from '@quarterdeck/contract/workspace';
import { useCallback, useEffect, useState } from 'react';
import { client } from '../../connection/client.ts';
import { onFrame } from '../../connection/frames.ts';
import { sentence } from '../../ui/refusal-toast.ts';

/** Facts after which there may be another workspace, or one less. */
const CHANGING = new Set(['run.ended', 'task.archived', 'task.completed', 'task.landed', 'task.reopened']);
/** Many in a row cause one reading. */
const SETTLE_MS = 1_000;

interface Shown {
  /** Null until it is there. */
  readonly list: WorkspaceList | null;
  /** Why it cannot be shown. */
  readonly failure: string | null;
}

/** The workspaces of all runners, read again when a run or a task came to rest. */
export function useWorkspaces(): Shown & { readonly reload: () => void } {
  const [shown, setShown] = useState<Shown>({ list: null, failure: null });
  const load = useCallback(async () => {
    const reply = await client.call('workspace.list');
    setShown((before) =>
      reply.ok
        ? { list: reply.value, failure: null }
        : { ...before, failure: sentence(reply.refusal.message) },
    );
  }, []);
  useEffect(() => {
    let soon: ReturnType<typeof setTimeout> | undefined;
    void load();
    const unlisten = onFrame((frame) => {
      if (frame.type !== 'event' || !CHANGING.has(frame.event.kind)) return;
      clearTimeout(soon);
      soon = setTimeout(() => void load(), SETTLE_MS);
    });
    return () => {
      clearTimeout(soon);
      unlisten();
    };
  }, [load]);
  return { ...shown, reload: () => void load() };
}
