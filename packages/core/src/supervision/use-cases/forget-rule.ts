import type { ApprovalRule } from '@quarterdeck/contract/approval-rule';
import type { ProjectId, TaskId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { publicRule } from '../domain/public-rule.ts';
import type { SupervisionDeps } from '../ports.ts';

/** Takes a rule back: what it allowed is asked again from now on. What was allowed already stays so. */
export async function forgetRule(
  deps: SupervisionDeps,
  { ruleId, actor }: { readonly ruleId: string; readonly actor: string },
): Promise<Result<ApprovalRule>> {
  return deps.db.write(async ({ rules, events }) => {
    const rule = await rules.find(ruleId);
    if (rule === null) return refuse('rule_not_found', { ruleId });
    await rules.remove(ruleId);
    const { scope, scopeId } = rule;
    const subject = {
      actor,
      taskId: scope === 'task' ? (scopeId as TaskId) : null,
      projectId: scope === 'project' ? (scopeId as ProjectId) : null,
      runId: null,
    };
    const shown = publicRule(rule);
    await events.append([{ ...subject, kind: 'rule.forgotten', payload: { rule: shown } }], deps.clock.now());
    return ok(shown);
  });
}
