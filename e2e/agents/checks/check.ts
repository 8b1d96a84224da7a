import type { Scenario } from '@quarterdeck/testkit/model-server/scenario';
import type { AgentUnderTest } from '../agents/agent-under-test.ts';
import type { Bench } from '../stage/bench.ts';
import type { Findings } from '../stage/findings.ts';
import type { FolderOf } from '../stage/scenario-words.ts';

/** One thing every agent must do through the product. */
export interface Check {
  readonly name: string;
  /** What holds when it passes, for the page. */
  readonly demands: string;
  /** What the model says, by the name of the scenario. */
  readonly scenarios: (agent: AgentUnderTest, folderOf: FolderOf) => Readonly<Record<string, Scenario>>;
  /** Throws when it cannot go on; what it can name is a finding. */
  readonly run: (bench: Bench, findings: Findings) => Promise<void>;
}
