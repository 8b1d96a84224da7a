import type { PermissionOption } from '@quarterdeck/contract/permission-option';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { print } from '../../command/context.ts';
import { defineCommand, text } from '../../command/define-command.ts';
import { findApproval } from '../../lookup/find-approval.ts';
import { approvalText } from '../../output/approval-text.ts';

export const approvalAnswer = defineCommand({
  summary: "Answer with one of the agent's own options",
  arguments: { approval: { about: 'id, or its beginning' } },
  options: {
    option: text('<name>', 'name of the option, its beginning, or its id; needed'),
    reason: text('<text>', 'kept in the audit log'),
  },
  examples: ['quarterdeck approval answer a_1a2b --option "Yes, manually approve edits"'],
  async run(context, { args, options }) {
    const proposal = await findApproval(context.client, args.approval);
    if (!proposal.ok) return proposal;
    const picked = pickOption(proposal.value.detail.options ?? [], options.option ?? '');
    if (!picked.ok) return picked;
    const reply = await context.client.call('approval.rule', {
      params: { proposalId: proposal.value.id },
      body: { option: picked.value.id, reason: options.reason ?? null },
    });
    return reply.ok ? print(context, reply.value, () => approvalText(context, reply.value.proposal)) : reply;
  },
});

/** By id, by whole name, or by a beginning that only one has; capitals do not matter. */
function pickOption(options: readonly PermissionOption[], typed: string): Result<PermissionOption> {
  const wanted = typed.trim().toLowerCase();
  const ways: readonly ((option: PermissionOption) => boolean)[] = [
    ({ id }) => id === typed,
    ({ name }) => name.trim().toLowerCase() === wanted,
    ({ name }) => wanted !== '' && name.trim().toLowerCase().startsWith(wanted),
  ];
  for (const isMeant of ways) {
    const [found, ...others] = options.filter(isMeant);
    if (found !== undefined && others.length === 0) return ok(found);
    if (found !== undefined) break;
  }
  const list = options.map(({ id, name }) => `"${name}" (${id})`).join(', ');
  const offered = list === '' ? 'this approval has no options; allow or deny it' : `say one of ${list}`;
  return refuse('invalid_input', { reason: `--option: ${offered}` });
}
