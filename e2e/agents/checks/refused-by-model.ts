import type { Run } from '@quarterdeck/contract/run';
import { silenceOf } from '@quarterdeck/contract/silence';
import type { TaskDetail } from '@quarterdeck/contract/task';
import type { Fault } from '@quarterdeck/testkit/model-server/scenario';
import type { Bench } from '../stage/bench.ts';
import type { Findings } from '../stage/findings.ts';
import { followTask } from '../stage/follow-task.ts';
import type { Check } from './check.ts';

interface RefusalCheck extends Pick<Check, 'name' | 'demands'> {
  readonly fault: Fault;
  /** Whether the fault is one that some agents wait out. */
  readonly isLimit?: true;
  /** How long people may be left without a word. */
  readonly withinMs: number;
  /** What the error on the card must say. */
  readonly says: RegExp;
  readonly judge: (
    bench: Bench,
    seen: { readonly detail: TaskDetail; readonly run: Run },
    findings: Findings,
  ) => Promise<void>;
}

/** A check in which the model service refuses every request, and the first attempt must end with the reason in words. */
export function refusedByModel(check: RefusalCheck): Check {
  const { name, demands, fault, withinMs, says, judge } = check;
  return {
    name,
    demands,
    scenarios: () => ({ [name]: [{ fault }] }),
    async run(bench, findings) {
      const taskId = await bench.give(name);
      if (check.isLimit && bench.agent.isSilentAtLimits) return waitForSilence(bench, taskId);
      const { detail } = await followTask(bench, taskId, (it) => it.runs[0]?.status === 'ended', {
        timeoutMs: withinMs,
      });
      const [run] = detail.runs;
      if (run === undefined) throw new Error('there is no attempt');
      const error = run.error ?? 'nothing';
      findings.must(says.test(error), `the card does not say why: ${error}`);
      findings.must(!/^\s*[{[]|^internal error/i.test(error), `the card speaks to machines: ${error}`);
      await judge(bench, { detail, run }, findings);
    },
  };
}

async function waitForSilence(bench: Bench, taskId: string): Promise<void> {
  await followTask(bench, taskId, ({ task: { run } }) => {
    const silence = run && silenceOf({ ...run, pendingApprovals: 0 }, Date.now());
    return silence?.text.includes('nothing from the agent') === true;
  });
}
