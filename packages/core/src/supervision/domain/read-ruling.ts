import { allowOption, decisionOf, type PermissionOption } from '@quarterdeck/contract/permission-option';
import type { Proposal, Ruling, RulingScope } from '@quarterdeck/contract/proposal';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { patternFor } from './permission-rule.ts';

/** What a ruling comes to for one request. */
export interface Decided {
  readonly decision: 'allow' | 'deny' | 'choose';
  readonly status: 'allowed' | 'denied' | 'answered';
  readonly scope: RulingScope;
  /** The agent's own option that was picked. */
  readonly choice: PermissionOption | null;
}

const STATUS = { allow: 'allowed', deny: 'denied', choose: 'answered' } as const;

/** Reads a ruling against what the agent offers: nothing is taken for answered that the agent cannot be told. */
export function readRuling(proposal: Pick<Proposal, 'id' | 'detail'>, ruling: Ruling): Result<Decided> {
  if (ruling.option !== undefined) return readChoice(proposal, { ...ruling, option: ruling.option });
  const { id, detail } = proposal;
  const decision = ruling.decision ?? 'deny';
  if (decision === 'allow' && detail.options !== null && allowOption(detail.options) === null)
    return refuse('option_needed', { proposalId: id, offered: offeredBy(detail) });
  const isWider = decision === 'allow' && patternFor(detail) !== null;
  return ok({
    decision,
    status: STATUS[decision],
    scope: isWider ? (ruling.scope ?? 'once') : 'once',
    choice: null,
  });
}

function readChoice(
  { id, detail }: Pick<Proposal, 'id' | 'detail'>,
  { option, decision: meant, scope }: Ruling & { readonly option: string },
): Result<Decided> {
  const choice = detail.options?.find((one) => one.id === option);
  if (choice === undefined)
    return refuse('option_unknown', { proposalId: id, option, offered: offeredBy(detail) });
  const decision = decisionOf(choice) ?? 'choose';
  if ((meant ?? decision) !== decision || (scope ?? 'once') !== 'once') {
    const reason = `the option "${choice.name}" says by itself what is decided, and for this once`;
    return refuse('invalid_input', { reason });
  }
  return ok({ decision, status: STATUS[decision], scope: 'once', choice });
}

function offeredBy({ options }: Proposal['detail']): string {
  return options?.map(({ name }) => `"${name}"`).join(', ') || 'nothing to pick';
}

/** Whether a proposal that is settled already was settled just so. */
export function isSettledSo(
  proposal: Pick<Proposal, 'status' | 'choice'>,
  { status, choice }: Decided,
): boolean {
  return proposal.status === status && (choice === null || proposal.choice?.id === choice.id);
}
