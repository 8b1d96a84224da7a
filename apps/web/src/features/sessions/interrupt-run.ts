import { toast } from 'sonner';
import { client } from '../../connection/client.ts';
import { toastRefusal } from '../../ui/refusal-toast.ts';

/** Asks the agent of a run to end its turn; the run goes on. */
export async function interruptRun(runId: string | null): Promise<void> {
  if (runId === null) return;
  const reply = await client.call('run.interrupt', { params: { runId }, body: {} });
  if (reply.ok) toast('Asked the agent to end its turn');
  else toastRefusal('The turn goes on', reply.refusal);
}
