export type { PermissionRule } from './domain/permission-rule.ts';
export type { ProposalStore, RuleStore, SupervisionPorts } from './ports.ts';
export { forgetRule } from './use-cases/forget-rule.ts';
export { listRules } from './use-cases/list-rules.ts';
export { raisePermission } from './use-cases/raise-permission.ts';
export { ruleOnProposal } from './use-cases/rule-on-proposal.ts';
export { withdrawProposals } from './use-cases/withdraw-proposals.ts';
