import { TASK_STATUSES, type TaskStatus } from '@quarterdeck/contract/status';
import { Archive, ArrowRight, Tag, UserRound, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { toast } from 'sonner';
import { client } from '../../connection/client.ts';
import { countText } from '../../ui/amount-text.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { toastRefusal } from '../../ui/refusal-toast.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { STATUS_WORD } from '../../ui/status-word.ts';
import { useAssignees } from '../task/use-assignee-items.tsx';
import { useBoardUi } from './board-ui.ts';
import styles from './bulk-bar.module.css';

const BulkLabels = lazy(async () => ({ default: (await import('../labels/bulk-labels.tsx')).BulkLabels }));

interface BulkChange {
  readonly status?: TaskStatus;
  readonly assignee?: string;
  readonly archive?: boolean;
  readonly addLabels?: string[];
  readonly removeLabels?: string[];
}

/** What can be done to all selected cards at once. */
export function BulkBar() {
  const selected = useBoardUi((state) => state.selected);
  const assignees = useAssignees();
  const [isLabelling, setLabelling] = useState(false);
  if (selected.size === 0) return null;
  const apply = (change: BulkChange) => void changeMany([...selected], change);
  return (
    <div className={styles.bar} role="toolbar" aria-label="Selected tasks">
      <strong>{countText(selected.size, 'task')}</strong>
      <Menu
        label="Move selected tasks to"
        items={TASK_STATUSES.filter((status) => status !== 'running' && status !== 'scheduled').map(
          (status) => ({
            key: status,
            label: STATUS_WORD[status],
            icon: <StatusGlyph status={status} />,
            onSelect: () => apply({ status }),
          }),
        )}
        trigger={
          <Button size="small">
            <ArrowRight aria-hidden="true" />
            Move
          </Button>
        }
      />
      <Menu
        label="Give selected tasks to"
        items={assignees.map(({ name, hint }) => ({
          key: name,
          label: name,
          hint,
          onSelect: () => apply({ assignee: name }),
        }))}
        trigger={
          <Button size="small">
            <UserRound aria-hidden="true" />
            Assign
          </Button>
        }
      />
      <Button size="small" onClick={() => setLabelling(true)}>
        <Tag aria-hidden="true" />
        Labels
      </Button>
      {isLabelling && (
        <Suspense fallback={null}>
          <BulkLabels ids={[...selected]} onClose={() => setLabelling(false)} onSave={apply} />
        </Suspense>
      )}
      <Button size="small" onClick={() => apply({ archive: true })}>
        <Archive aria-hidden="true" />
        Archive
      </Button>
      <IconButton label="Clear selection (Esc)" onClick={clear}>
        <X />
      </IconButton>
    </div>
  );
}

const clear = () => useBoardUi.setState({ selected: new Set() });

/** Each task is changed on its own; those that were refused stay selected. */
async function changeMany(ids: readonly string[], change: BulkChange): Promise<void> {
  const reply = await client.call('task.bulk', { body: { ids: [...ids], ...change } });
  if (!reply.ok) {
    toastRefusal('Nothing was changed', reply.refusal);
    return;
  }
  const refused = reply.value.results.filter(({ ok }) => !ok);
  useBoardUi.setState({ selected: new Set(refused.map(({ id }) => id)) });
  const changed = ids.length - refused.length;
  if (refused.length === 0) toast(`${countText(changed, 'task')} changed`);
  else {
    toast.error(`${countText(refused.length, 'task')} not changed`, {
      description: refused
        .slice(0, 3)
        .map(({ id, error }) => `${id}: ${error ?? 'refused'}`)
        .join('\n'),
    });
  }
}
