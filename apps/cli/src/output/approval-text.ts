import { hasOwnChoices } from '@quarterdeck/contract/permission-option';
import type { Proposal } from '@quarterdeck/contract/proposal';
import type { Context } from '../command/context.ts';
import { relativeText } from './amount-text.ts';
import { oneLine, plainText } from './plain-text.ts';
import { proposalMark } from './status-mark.ts';

/** What an agent wants, exactly, and which commands answer it. */
export function approvalText(context: Context, proposal: Proposal): string {
  const { paint, terminal } = context;
  const mark = proposalMark(proposal.status);
  const asked = `${proposal.profile} on ${proposal.taskId}, ${relativeText(proposal.createdAt, terminal.now())}`;
  return [
    `${proposal.id}  ${paint(mark.tone, mark.text)}  ${paint('bold', oneLine(proposal.title))}  ${paint('faint', asked)}`,
    ...wantedLines(proposal).map((line) => `    ${line}`),
    ...answerLines(context, proposal).map((line) => `    ${paint('faint', line)}`),
  ].join('\n');
}

function wantedLines({ detail }: Proposal): readonly string[] {
  const { command, paths, mcpTool, changes, places, text } = detail;
  const elsewhere = (places ?? []).filter(({ inside }) => inside === null).map(({ path }) => path);
  return [
    ...(command
      ? plainText(command)
          .split('\n')
          .map((line) => `$ ${line}`)
      : []),
    ...(mcpTool ? [`tool ${oneLine(mcpTool)}`] : []),
    ...new Set(
      [...paths, ...changes.map((change) => change.path)].map(
        (path) => `${detail.toolKind} ${oneLine(path)}`,
      ),
    ),
    ...[...new Set(elsewhere)].map((path) => `leads out of the workspace: ${oneLine(path)}`),
    ...(text ? plainText(text).split('\n') : []),
  ];
}

function answerLines({ terminal }: Context, proposal: Proposal): readonly string[] {
  if (proposal.status !== 'pending') {
    const why = proposal.reason ? `: ${oneLine(proposal.reason)}` : '';
    const choice = proposal.choice ? ` with "${oneLine(proposal.choice.name)}"` : '';
    return [
      `${proposal.status}${choice} by ${oneLine(proposal.ruledBy ?? 'nobody')}, ${relativeText(proposal.ruledAt, terminal.now())}${why}`,
    ];
  }
  const deny = `quarterdeck approval deny ${proposal.id} --reason "…"`;
  const wider = proposal.widerRule ? ` (--for task or project: ${oneLine(proposal.widerRule)})` : '';
  const allow = `quarterdeck approval allow ${proposal.id}${wider}`;
  if (!hasOwnChoices(proposal.detail)) return [allow, deny];
  return [
    'The agent offers answers of its own:',
    ...(proposal.detail.options ?? []).map(
      ({ name }) => `quarterdeck approval answer ${proposal.id} --option "${oneLine(name)}"`,
    ),
    ...(proposal.widerRule ? [allow] : []),
    deny,
  ];
}
