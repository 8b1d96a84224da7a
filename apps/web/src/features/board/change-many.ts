import { toast } from 'sonner';
import { client } from '../../connection/client.ts';
import { useLive } from '../../connection/live-store.ts';
import { countText } from '../../ui/amount-text.ts';
import { toastRefusal } from '../../ui/refusal-toast.ts';
import { useBoardUi } from './board-ui.ts';
import { type BulkChange, type BulkStep, bulkUndo, seenInMany } from './bulk-undo.ts';

/** Each task is changed on its own; those that were refused stay selected. What was changed can be taken back. */
export async function changeMany(ids: readonly string[], change: BulkChange): Promise<void> {
  const { cards } = useLive.getState().board;
  const before = ids.flatMap((id) => cards.get(id) ?? []);
  const refused = await send({ ids, change, seen: seenInMany(before, change) });
  if (refused === null) return;
  useBoardUi.setState({ selected: new Set(refused) });
  const isChanged = (id: string) => !refused.includes(id);
  const steps = bulkUndo(
    change,
    before.filter(({ id }) => isChanged(id)),
  );
  const changed = ids.filter(isChanged).length;
  if (changed === 0) return;
  toast(`${countText(changed, 'task')} changed`, {
    ...(steps.length > 0 && { action: { label: 'Undo', onClick: () => void takeBack(steps) } }),
  });
}

async function takeBack(steps: readonly BulkStep[]): Promise<void> {
  for (const step of steps) await send(step);
}

/** The ids that were refused, which are named; null when the whole request was. */
async function send({ ids, change, seen }: BulkStep): Promise<readonly string[] | null> {
  const reply = await client.call('task.bulk', { body: { ids: [...ids], ...change, seen } });
  if (!reply.ok) {
    toastRefusal('Nothing was changed', reply.refusal);
    return null;
  }
  const refused = reply.value.results.filter(({ ok }) => !ok);
  if (refused.length > 0) {
    toast.error(`${countText(refused.length, 'task')} not changed`, {
      description: refused
        .slice(0, 3)
        .map(({ id, error }) => `${id}: ${error ?? 'refused'}`)
        .join('\n'),
    });
  }
  return refused.map(({ id }) => id);
}
