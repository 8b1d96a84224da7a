import { TASK_STATUSES } from '@quarterdeck/contract/status';
import { Archive, ArrowRight, Tag, UserRound, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { countText } from '../../ui/amount-text.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { STATUS_WORD } from '../../ui/status-word.ts';
import { useAssignees } from '../task/use-assignee-items.tsx';
import { useBoardUi } from './board-ui.ts';
import styles from './bulk-bar.module.css';
import type { BulkChange } from './bulk-undo.ts';
import { changeMany } from './change-many.ts';

const BulkLabels = lazy(async () => ({ default: (await import('../labels/bulk-labels.tsx')).BulkLabels }));

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
