export type { PermissionRule, RulePattern } from './domain/permission-rule.ts';
export type { ProposalFilter, ProposalStore, RuleStore, SupervisionDeps, SupervisionPorts } from './ports.ts';
export { type Raised, raisePermission } from './use-cases/raise-permission.ts';
export { ruleOnProposal } from './use-cases/rule-on-proposal.ts';
export { withdrawProposals } from './use-cases/withdraw-proposals.ts';
