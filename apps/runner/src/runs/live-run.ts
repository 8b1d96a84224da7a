import type { HostConnection } from '@quarterdeck/agent/host/connection';
import type { Profile } from '@quarterdeck/contract/profile';
import type { FromRunner, RunReport } from '@quarterdeck/contract/runner-protocol';
import type { ProgramFiles } from '../program-files.ts';
import type { WriteLog } from '../write-log.ts';
import type { CommandQueue } from './command-queue.ts';
import type { LineFeed } from './line-feed.ts';
import type { Failure } from './next-step.ts';
import type { RunFolder, StoredOrder, StoredWorkspace } from './run-folder.ts';

/** What the runs of a runner share. */
export interface RunDeps {
  readonly home: string;
  readonly runnerHome: string;
  readonly personHome: string;
  readonly serverUrl: string;
  /** The runner's own token; null while there is none. */
  readonly readToken: () => Promise<string | null>;
  readonly files: ProgramFiles;
  readonly link: {
    readonly send: (frame: FromRunner) => boolean;
    readonly isCongested: () => boolean;
  };
  /** Null when this runner knows no such agent. */
  readonly findProfile: (id: string) => Promise<Profile | null>;
  readonly log: WriteLog;
}

/** One run in this runner's hands, and what changes about it. */
export interface LiveRun {
  readonly folder: RunFolder;
  readonly stored: StoredOrder;
  readonly feed: LineFeed;
  readonly commands: CommandQueue;
  /** The runner leaves; the run goes on without it. */
  readonly leaving: AbortController;
  /** Told to stop, or given up, while its host was not yet launched. */
  readonly preparing: AbortController;
  workspace: StoredWorkspace | null;
  report: RunReport | null;
  failure: Failure | null;
  stoppedBecause: string | null;
  hasTimedOut: boolean;
  /** The journal says that the agent is gone. */
  hasExited: boolean;
  /** Its last moments are at hand: why the runner itself asks the host to stop. */
  endBecause: string | null;
  connection: HostConnection | null;
}
