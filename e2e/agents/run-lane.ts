import type { AgentUnderTest } from './agents/agent-under-test.ts';
import type { Check } from './checks/check.ts';
import { EXPECTED_FAILURES } from './expected-failures.ts';
import type { Outcome } from './report/outcome.ts';
import { saveEvidence } from './report/save-evidence.ts';
import { clearDesk, letItWork } from './stage/agent-at-the-desk.ts';
import { openBench } from './stage/bench.ts';
import { type Findings, openFindings } from './stage/findings.ts';
import type { Stage } from './stage/open-stage.ts';

interface LaneOptions {
  readonly checks: readonly Check[];
  readonly tell: (outcome: Outcome) => void;
  /** Where to write what is known of a check that failed. */
  readonly evidence: string;
}

/** Runs the checks of one agent, one after the other, and tells each outcome as it comes. */
export async function runLane(
  stage: Stage,
  agent: AgentUnderTest,
  { checks, tell, evidence }: LaneOptions,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const check of checks) {
    const name = `${agent.id}-${check.name}`;
    const bench = await openBench(stage, agent, check.name);
    await letItWork(bench);
    const findings = openFindings();
    const startedAt = performance.now();
    await check.run(bench, findings).catch((error: unknown) => {
      findings.must(false, error instanceof Error ? error.message : String(error));
    });
    const seconds = (performance.now() - startedAt) / 1000;
    if (findings.problems.length > 0)
      findings.must(false, `more in ${await saveEvidence(bench, { folder: evidence, name })}`);
    await clearDesk(bench);
    const outcome = judge({ agent: agent.id, check: check.name, seconds }, findings);
    tell(outcome);
    outcomes.push(outcome);
  }
  return outcomes;
}

function judge(
  which: Pick<Outcome, 'agent' | 'check' | 'seconds'>,
  { problems, figures }: Findings,
): Outcome {
  const expected = EXPECTED_FAILURES[`${which.agent}/${which.check}`];
  const outcome = { ...which, figures, problems };
  if (expected === undefined) return { ...outcome, verdict: problems.length === 0 ? 'passed' : 'failed' };
  if (problems.length > 0)
    return { ...outcome, verdict: 'skipped', problems: [`fails until ${expected} is mended`, ...problems] };
  const surplus = `it passes: take it out of the expected failures (${expected})`;
  return { ...outcome, verdict: 'failed', problems: [surplus] };
}
