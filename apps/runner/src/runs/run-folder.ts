// What a runner keeps of a run: `<runnerHome>/runs/<runId>/`. Everything a killed runner must know again is in here.
//   order.json      what was ordered, written before the server is told `done`
//   workspace.json  where it works, written before the host is launched
//   spec.json host.json journal.jsonl agent.log host.log   the agent host's own files
//   setup.log       what the preparation of the workspace printed
//   timed-out       present once the time limit was reached
//   report.json     how it ended, written before it is sent
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunId } from '@quarterdeck/contract/ids';
import { RunOrder, RunReport } from '@quarterdeck/contract/runner-protocol';
import { writeDurably } from './write-durably.ts';

/** An order with the lease the server granted when it gave it. */
export interface StoredOrder {
  readonly order: RunOrder;
  readonly leaseMs: number;
}

export interface StoredWorkspace {
  readonly path: string;
  readonly branch: string | null;
  /** The commit its changes count from; missing when an earlier version wrote this. */
  readonly base?: string | null;
  /** What the agent is told beside its prompt. */
  readonly notes: readonly string[];
  /** Which of them people should read too. */
  readonly warnings?: readonly string[];
  /** Of a review: the commit that is reviewed, when nothing was uncommitted there. */
  readonly reviewed?: string | null;
  /** Time since boot, the only clock that runs on when the runner is replaced. */
  readonly preparedAtUptimeMs: number;
}

export interface RunFolder {
  readonly runId: RunId;
  readonly path: string;
  readonly setupLog: string;
  readonly agentLog: string;
}

/** Where a runner keeps the private git folders of workspaces: out of the reach of what runs in them. */
export function treesIn(runnerHome: string): string {
  return join(runnerHome, 'trees');
}

/** The folder of a run, without touching the disk. */
export function runFolder(runnerHome: string, runId: RunId): RunFolder {
  const path = join(runnerHome, 'runs', runId);
  return {
    runId,
    path,
    setupLog: join(path, 'setup.log'),
    agentLog: join(path, 'agent.log'),
  };
}

/** Creates the folder and puts the order into it durably. The order holds the run's token, so nobody else may read it. */
export async function storeOrder(folder: RunFolder, stored: StoredOrder): Promise<void> {
  await mkdir(folder.path, { recursive: true, mode: 0o700 });
  await writeDurably(join(folder.path, 'order.json'), JSON.stringify(stored));
}

/** The order of a run; null when none was stored whole. */
export async function readOrder(folder: RunFolder): Promise<StoredOrder | null> {
  const stored = (await readJson(folder, 'order.json')) as { order?: unknown; leaseMs?: unknown } | null;
  const order = RunOrder.safeParse(stored?.order);
  return order.success && typeof stored?.leaseMs === 'number'
    ? { order: order.data, leaseMs: stored.leaseMs }
    : null;
}

export async function storeWorkspace(folder: RunFolder, workspace: StoredWorkspace): Promise<void> {
  await writeDurably(join(folder.path, 'workspace.json'), JSON.stringify(workspace));
}

/** Written by this runner alone, in one step: what is there is whole. */
export async function readWorkspace(folder: RunFolder): Promise<StoredWorkspace | null> {
  return (await readJson(folder, 'workspace.json')) as StoredWorkspace | null;
}

export async function storeReport(folder: RunFolder, report: RunReport): Promise<void> {
  await writeDurably(join(folder.path, 'report.json'), JSON.stringify(report));
}

export async function readReport(folder: RunFolder): Promise<RunReport | null> {
  const report = RunReport.safeParse(await readJson(folder, 'report.json'));
  return report.success ? report.data : null;
}

export async function storeTimedOut(folder: RunFolder): Promise<void> {
  await writeDurably(join(folder.path, 'timed-out'), '');
}

export function hasTimedOut(folder: RunFolder): boolean {
  return existsSync(join(folder.path, 'timed-out'));
}

async function readJson(folder: RunFolder, file: string): Promise<unknown> {
  const text = await readFile(join(folder.path, file), 'utf8').catch(() => null);
  return text === null ? null : JSON.parse(text);
}
