import type { Workspace } from '@quarterdeck/contract/workspace';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { client } from '../../connection/client.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { toastRefusal } from '../../ui/refusal-toast.ts';
import styles from './workspaces.module.css';

interface RemoveWorkspaceProps {
  readonly workspace: Workspace;
  readonly onRemoved: () => void;
}

/** Takes a workspace away after a second word. Work that would be lost keeps it, and the reason is said. */
export function RemoveWorkspace({ workspace, onRemoved }: RemoveWorkspaceProps) {
  const { taskId, taskTitle } = workspace;
  const [step, setStep] = useState<'idle' | 'asking' | 'removing'>('idle');
  const remove = async () => {
    setStep('removing');
    const removed = await client.call('workspace.remove', { params: { taskId } });
    setStep('idle');
    if (!removed.ok) return toastRefusal('The workspace stays', removed.refusal);
    toast.success(`Removed the workspace of ${taskId}`);
    onRemoved();
  };
  if (step === 'idle')
    return (
      <IconButton label={`Remove the workspace of ${taskTitle}`} onClick={() => setStep('asking')}>
        <Trash2 />
      </IconButton>
    );
  return (
    <span className={styles.question}>
      <Button
        autoFocus
        size="small"
        look="danger"
        disabled={step === 'removing'}
        onClick={() => void remove()}
      >
        Remove the folder
      </Button>
      <Button size="small" look="quiet" onClick={() => setStep('idle')}>
        Keep
      </Button>
    </span>
  );
}
