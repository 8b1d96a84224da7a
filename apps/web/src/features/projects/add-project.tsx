import type { ProjectAdded } from '@quarterdeck/contract/project';
import { Info } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../connection/client.ts';
import { useLive } from '../../connection/live-store.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Field } from '../../ui/field.tsx';
import { sentence } from '../../ui/refusal-toast.ts';
import styles from './settings-page.module.css';
import { showProject } from './show-project.ts';

/** Adds a project by its path. */
export function AddProject({ onAdded }: { readonly onAdded: (projectId: string) => void }) {
  const isFirst = useLive((state) => state.board.projects.size === 0);
  const [path, setPath] = useState('');
  const [added, setAdded] = useState<ProjectAdded | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const add = async () => {
    setBusy(true);
    const reply = await client.call('project.add', { body: { path: path.trim() } });
    setBusy(false);
    if (!reply.ok) {
      setError(sentence(reply.refusal.message));
      return;
    }
    setError(null);
    setPath('');
    setAdded(reply.value);
    showProject(reply.value.project);
    onAdded(reply.value.project.id);
  };
  return (
    <form
      className={styles.add}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Field
        label={isFirst ? 'Your first project' : 'Add a project'}
        error={error}
        hint="The absolute path of a git repository, a folder in one, or any other folder."
      >
        {(id, describedBy) => (
          <input
            id={id}
            aria-describedby={describedBy}
            placeholder="/home/you/code/your-project"
            spellCheck={false}
            value={path}
            onChange={(event) => setPath(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" look="primary" disabled={path.trim() === '' || isBusy}>
        Add
      </Button>
      {added && added.notes.length > 0 && (
        <Callout tone="plain" icon={<Info aria-hidden="true" />} role="status" className={styles.notes}>
          {added.notes.map((note) => (
            <p key={note}>
              <strong>{added.project.name}</strong> {note}
            </p>
          ))}
        </Callout>
      )}
    </form>
  );
}
