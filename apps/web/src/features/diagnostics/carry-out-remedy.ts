import type { Diagnostic } from '@quarterdeck/contract/diagnostic';
import type { TaskCard } from '@quarterdeck/contract/task';
import { toast } from 'sonner';
import { client } from '../../connection/client.ts';
import { announce } from '../../ui/announcer.tsx';
import { toastRefusal } from '../../ui/refusal-toast.ts';
import { carryOut, moveTask } from '../board/move-task.ts';
import { askToResolve, keepAgain } from '../review/review-actions.ts';
import { interruptRun } from '../sessions/interrupt-run.ts';
import { loadDiagnostics } from './diagnostics-store.ts';

export type Remedy = Diagnostic['remedies'][number];

/** Where a remedy leads that a person has to look at. */
export type Lead = (place: 'approvals' | 'changes' | 'budget') => void;

/** Does what a remedy's button says, and asks again what is wrong. `reassign` is a menu and not among them. */
export async function carryOutRemedy(
  remedy: Exclude<Remedy, 'reassign'>,
  { card, runId, lead }: { readonly card: TaskCard; readonly runId: string | null; readonly lead: Lead },
): Promise<void> {
  const acts = {
    interrupt: () => interruptRun(card.currentRunId ?? runId),
    stop_run: () => stopRun(card, runId),
    retry: () =>
      card.status === 'running' ? carryOut(card, { status: 'ready' }) : moveTask(card.id, 'ready'),
    unblock: () => moveTask(card.id, 'ready'),
    request_changes: () =>
      card.landing?.status === 'conflict' ? askToResolve(card, card.landing) : lead('changes'),
    archive: () => moveTask(card.id, 'archived'),
    open_approvals: () => lead('approvals'),
    open_changes: () => lead('changes'),
    raise_budget: () => lead('budget'),
    keep_again: () => keepAgain(card),
  };
  await acts[remedy]();
  await loadDiagnostics();
}

async function stopRun(card: TaskCard, runId: string | null): Promise<void> {
  const stopped = card.currentRunId ?? runId;
  if (stopped === null) return;
  const reply = await client.call('run.stop', { params: { runId: stopped }, body: { reason: null } });
  const done = `The run of ${card.id} is being stopped`;
  if (!reply.ok) return toastRefusal(`${card.id} goes on`, reply.refusal);
  toast(done, { description: 'Its task goes back to Todo and stays there until you move it.' });
  announce(done);
}
