import type { RunStatus } from '@quarterdeck/contract/status';

const WORDS: Readonly<Record<RunStatus, string>> = {
  claimed: 'waiting for the runner',
  starting: 'starting the agent',
  working: 'working',
  finishing: 'finishing',
  stopping: 'stopping',
  ended: 'ended',
};

/** What a run is doing when the agent has not said so itself. */
export function runWord(status: RunStatus): string {
  return WORDS[status];
}
