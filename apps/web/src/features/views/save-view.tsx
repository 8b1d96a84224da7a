import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Modal } from '../../ui/modal.tsx';
import { sentence } from '../../ui/refusal-toast.ts';
import styles from './save-view.module.css';
import { saveView } from './saved-views.ts';

/** Asks for the name of a new view. */
export function SaveView({ query, onClose }: { readonly query: string; readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const [error, setError] = useState<string | null>(null);
  const save = async () => {
    const failure = await saveView(name.trim(), query);
    if (failure !== null) return setError(sentence(failure));
    toast(`View ${name.trim()} saved for everyone`);
    onClose();
  };
  return (
    <Modal title="Save these filters" onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label="Name" hint="Everyone who uses this board sees it under Views." error={error}>
          {(id, describedBy) => (
            <input
              id={id}
              aria-describedby={describedBy}
              aria-invalid={error !== null}
              required
              maxLength={80}
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
        <div className={styles.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={name.trim() === ''}>
            Save view
          </Button>
        </div>
      </form>
    </Modal>
  );
}
