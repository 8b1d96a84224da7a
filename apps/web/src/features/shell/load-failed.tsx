import { CloudOff } from 'lucide-react';
import { useLive } from '../../connection/live-store.ts';
import { startLive } from '../../connection/start-live.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { sentence } from '../../ui/refusal-toast.ts';

/** The page when nothing could be loaded. */
export function LoadFailed() {
  const failure = useLive((state) => state.failure);
  const isAway = failure?.code === 'server_unreachable';
  return (
    <EmptyState
      icon={<CloudOff />}
      title={isAway ? 'Quarterdeck does not answer' : 'The board could not be loaded'}
      action={
        <Button look="primary" onClick={() => void startLive()}>
          Try now
        </Button>
      }
    >
      {isAway ? (
        <>
          Your agents may still be at work. Start the server with <code>quarterdeck up</code> on its machine;
          this page notices by itself.
        </>
      ) : (
        sentence(failure?.message ?? 'Something failed')
      )}
    </EmptyState>
  );
}
