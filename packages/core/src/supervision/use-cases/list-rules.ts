import type { ApprovalRule } from '@quarterdeck/contract/approval-rule';
import { publicRule } from '../domain/public-rule.ts';
import type { SupervisionDeps } from '../ports.ts';

/** Everything that people allowed from then on, newest first. */
export async function listRules({ db }: SupervisionDeps): Promise<ApprovalRule[]> {
  return (await db.read(({ rules }) => rules.list())).map(publicRule);
}
