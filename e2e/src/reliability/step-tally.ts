import type { Event } from '@quarterdeck/contract/event';

interface Change {
  readonly at: number;
  readonly runId: string;
  /** What the run is from then on. */
  readonly step: string;
}

/** Counts at which step of its life each run stood when something was killed. */
export interface StepTally {
  note(event: Event): void;
  /** Something is killed now, while this many landings are under way. */
  strike(at: number, landings: number): void;
  /** Runs struck, by step. */
  counts(): ReadonlyMap<string, number>;
}

export function createStepTally(): StepTally {
  const changes: Change[] = [];
  const strikes: { readonly at: number; readonly landings: number }[] = [];
  return {
    note({ at, kind, runId, payload }) {
      if ('run' in payload) changes.push({ at, runId: payload.run.id, step: payload.run.status });
      if (runId === null) return;
      if (kind === 'proposal.raised') changes.push({ at, runId, step: 'asking' });
      if (kind === 'proposal.ruled' || kind === 'proposal.withdrawn')
        changes.push({ at, runId, step: 'working' });
    },
    strike: (at, landings) => void strikes.push({ at, landings }),
    counts() {
      const steps = strikes.flatMap(({ at, landings }) => [
        ...stepsAt(changes, at),
        ...Array.from({ length: landings }, () => 'landing'),
      ]);
      return new Map([...Map.groupBy(steps, (step) => step)].map(([step, all]) => [step, all.length]));
    },
  };
}

function stepsAt(changes: readonly Change[], at: number): string[] {
  const steps = new Map<string, string>();
  for (const change of changes) if (change.at <= at) steps.set(change.runId, change.step);
  return [...steps.values()].filter((step) => step !== 'ended');
}
