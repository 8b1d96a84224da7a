import { join } from 'node:path';
import { takeLock } from '@quarterdeck/agent/host/take-lock';

// A runner that is leaving needs a moment when its successor already starts.
const PATIENCE_MS = 10_000;

/** Makes the calling process the only runner of `runnerHome`: two would take the hosts away from each other for ever. */
export function lockHome(runnerHome: string, patienceMs = PATIENCE_MS): Promise<() => Promise<void>> {
  return takeLock({
    path: join(runnerHome, 'runner.lock'),
    patienceMs,
    explain: (pid) =>
      `Another runner (process ${pid}) already works in ${runnerHome}. Stop it, or give this one a folder of its own with QUARTERDECK_RUNNER_HOME.`,
  });
}
