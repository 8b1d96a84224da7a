import type { TaskCard } from '@quarterdeck/contract/task';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { keepAgain } from './review-actions.ts';

/** Commits again what the last attempt left; it may take a while in a large repository. */
export function KeepButton({ card }: { readonly card: TaskCard }) {
  const [isBusy, setBusy] = useState(false);
  return (
    <Button
      size="small"
      look="primary"
      disabled={isBusy}
      onClick={() => {
        setBusy(true);
        void keepAgain(card).finally(() => setBusy(false));
      }}
    >
      {isBusy ? 'Keeping…' : 'Keep again'}
    </Button>
  );
}
