import type { ApprovalRule } from '@quarterdeck/contract/approval-rule';
import { describePattern, isStillUsed, type PermissionRule } from './permission-rule.ts';

/** A rule as people see it. */
export function publicRule({
  id,
  scope,
  scopeId,
  pattern,
  createdAt,
  createdBy,
}: PermissionRule): ApprovalRule {
  return {
    id,
    scope,
    scopeId,
    text: describePattern(pattern),
    isUsed: isStillUsed(pattern),
    createdAt,
    createdBy,
  };
}
