import type { Store } from '@quarterdeck/store';

/** What must not happen: counted from the stored rows, not from what the claimers believe. */
export interface ClaimFaults {
  readonly lost: number;
  readonly doubled: number;
  readonly 'out of order': number;
}

/** Compares tasks, live runs, start orders and log of a store in which `claimed` tasks were claimed. */
export async function checkClaims(store: Store, claimed: number): Promise<ClaimFaults> {
  return store.read(async (ports) => {
    const runs = await ports.runs.live();
    const tasks = (await ports.tasks.list({ includeArchived: true })).filter((it) => it.status === 'running');
    const ownedBy = new Map(tasks.map((task) => [task.id, task.currentRunId]));
    const taken = new Set(runs.map((run) => run.taskId));
    const ordered = new Set<string>();
    for (const runner of await ports.runners.list()) {
      for (const { runId } of await ports.commands.pendingFor(runner.id)) ordered.add(runId);
    }
    const log = await readClaimLog(ports.events);
    return {
      lost:
        Math.abs(claimed - tasks.length) +
        runs.filter((run) => ownedBy.get(run.taskId) !== run.id || !ordered.has(run.id)).length +
        Math.abs(log.claims - claimed),
      doubled: runs.length - taken.size,
      'out of order': log.outOfOrder,
    };
  });
}

interface Log {
  since(cursor: number, limit: number): Promise<readonly { readonly seq: number; readonly kind: string }[]>;
}

async function readClaimLog(log: Log): Promise<{ claims: number; outOfOrder: number }> {
  let claims = 0;
  let outOfOrder = 0;
  for (let cursor = 0; ; ) {
    const page = await log.since(cursor, 5000);
    for (const { seq, kind } of page) {
      if (seq !== cursor + 1) outOfOrder += 1;
      if (kind === 'run.claimed') claims += 1;
      cursor = seq;
    }
    if (page.length === 0) return { claims, outOfOrder };
  }
}
