import type { SavedView } from '@quarterdeck/contract/saved-view';
import { toast } from 'sonner';
import { create } from 'zustand';
import { client } from '../../connection/client.ts';
import { toastRefusal } from '../../ui/refusal-toast.ts';

interface SavedViews {
  /** By name; null until loaded. */
  readonly views: readonly SavedView[] | null;
}

export const useSavedViews = create<SavedViews>(() => ({ views: null }));

/** Loads what is saved. A failure leaves what is there: the board works without. */
export async function loadViews(): Promise<void> {
  const reply = await client.call('view.list');
  if (reply.ok) useSavedViews.setState({ views: reply.value.views });
}

/** Saves filters under a name. Returns why not, or null when it is done. */
export async function saveView(name: string, query: string): Promise<string | null> {
  const reply = await client.call('view.save', { body: { name, query } });
  if (!reply.ok) return reply.refusal.message;
  await loadViews();
  return null;
}

/** Forgets a view at once, and offers to take that back. */
export async function deleteView({ id, name, query }: SavedView): Promise<void> {
  const reply = await client.call('view.delete', { params: { viewId: id } });
  await loadViews();
  if (!reply.ok) return toastRefusal(`${name} was not deleted`, reply.refusal);
  const undo = async () => {
    const failure = await saveView(name, query);
    if (failure !== null) toast.error(`${name} was not put back`, { description: failure });
  };
  toast(`View ${name} deleted`, { action: { label: 'Undo', onClick: () => void undo() } });
}
