import type { Run } from '@quarterdeck/contract/run';
import type { WorkspaceDiff } from '@quarterdeck/contract/runner-protocol';
import { useEffect, useState } from 'react';
import { client } from '../../connection/client.ts';
import { sentence } from '../../ui/refusal-toast.ts';

export interface ShownChanges {
  /** All that would land; a decision is about this. */
  readonly all: WorkspaceDiff;
  /** What is on the screen: all, or this task's own. */
  readonly shown: WorkspaceDiff;
}

type Answer = ShownChanges | { readonly problem: string } | null;

/** The changes of a task, asked for again on demand, when a run ends and when its work is kept anew. */
export function useChanges(taskId: string, run: Run | null, isOwn: boolean) {
  const [answer, setAnswer] = useState<Answer>(null);
  const [asked, setAsked] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again on demand and when what is kept changes
  useEffect(() => {
    if (!run) return;
    let isOver = false;
    void readChanges(taskId, isOwn).then((read) => {
      if (!isOver) setAnswer(read);
    });
    return () => {
      isOver = true;
    };
  }, [taskId, run?.id, run?.status, run?.headCommit, isOwn, asked]);
  return { answer, refresh: () => setAsked((count) => count + 1) };
}

async function readChanges(taskId: string, isOwn: boolean): Promise<Answer> {
  const all = await client.call('task.diff', { params: { taskId } });
  if (!all.ok) return { problem: sentence(all.refusal.message) };
  if (!isOwn || all.value.startedFrom === null) return { all: all.value, shown: all.value };
  const own = await client.call('task.diff', { params: { taskId }, query: { own: 'true' } });
  return own.ok ? { all: all.value, shown: own.value } : { problem: sentence(own.refusal.message) };
}
