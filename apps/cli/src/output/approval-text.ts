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
  const { command, paths, mcpTool, changes } = detail;
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
  ];
}

function answerLines({ terminal }: Context, proposal: Proposal): readonly string[] {
  if (proposal.status !== 'pending') {
    const why = proposal.reason ? `: ${oneLine(proposal.reason)}` : '';
    return [
      `${proposal.status} by ${oneLine(proposal.ruledBy ?? 'nobody')}, ${relativeText(proposal.ruledAt, terminal.now())}${why}`,
    ];
  }
  const wider = proposal.widerRule ? ` (--for task or project: ${oneLine(proposal.widerRule)})` : '';
  return [
    `quarterdeck approval allow ${proposal.id}${wider}`,
    `quarterdeck approval deny ${proposal.id} --reason "…"`,
  ];
}
