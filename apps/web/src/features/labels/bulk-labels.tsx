import { mergeLabels } from '@quarterdeck/contract/label';
import { useState } from 'react';
import { useLive } from '../../connection/live-store.ts';
import { countText } from '../../ui/amount-text.ts';
import { Button } from '../../ui/button.tsx';
import { Modal } from '../../ui/modal.tsx';
import styles from './bulk-labels.module.css';
import { LabelInput } from './label-input.tsx';

interface BulkLabelsProps {
  readonly ids: readonly string[];
  readonly onClose: () => void;
  readonly onSave: (change: { readonly addLabels: string[]; readonly removeLabels: string[] }) => void;
}

/** Asks which labels many tasks get and which they lose. */
export function BulkLabels({ ids, onClose, onSave }: BulkLabelsProps) {
  const [addLabels, setAdded] = useState<string[]>([]);
  const [removeLabels, setRemoved] = useState<string[]>([]);
  const [borne] = useState(() => labelsOf(ids));
  const isEmpty = addLabels.length + removeLabels.length === 0;
  return (
    <Modal title={`Labels of ${countText(ids.length, 'task')}`} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          onSave({ addLabels, removeLabels });
          onClose();
        }}
      >
        <section>
          <h3>Add</h3>
          <LabelInput
            name="Labels to add"
            labels={addLabels}
            onChange={setAdded}
            placeholder="Type a label"
          />
        </section>
        <section>
          <h3>Remove</h3>
          {borne.length === 0 ? (
            <p>None of them has a label.</p>
          ) : (
            <LabelInput
              name="Labels to remove"
              labels={removeLabels}
              onChange={setRemoved}
              choices={borne}
              placeholder="Type one they have"
            />
          )}
        </section>
        <div className={styles.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={isEmpty}>
            Change labels
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function labelsOf(ids: readonly string[]): readonly string[] {
  const { cards } = useLive.getState().board;
  return mergeLabels(
    ids.flatMap((id) => cards.get(id)?.labels ?? []),
    {},
  );
}
