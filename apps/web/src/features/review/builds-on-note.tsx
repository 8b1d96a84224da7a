import { GitBranch } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Callout, CalloutActions } from '../../ui/callout.tsx';

interface BuildsOnNoteProps {
  readonly isOwn: boolean;
  readonly onOwn: (isOwn: boolean) => void;
}

/** Of work that builds on work which has not landed yet: landing it brings both. */
export function BuildsOnNote({ isOwn, onOwn }: BuildsOnNoteProps) {
  return (
    <Callout tone="plain" icon={<GitBranch aria-hidden="true" />} role="note">
      <strong>Landing also brings the work it builds on</strong>
      <p>
        {isOwn
          ? 'Shown are the changes of this task alone. What it builds on has not landed yet and would come with it.'
          : 'Tasks before this one have work that has not landed yet. It is among the changes below and would come with them.'}
      </p>
      <CalloutActions>
        <Button size="small" onClick={() => onOwn(!isOwn)}>
          {isOwn ? 'Show all that would land' : 'Show only what this task changed'}
        </Button>
      </CalloutActions>
    </Callout>
  );
}
