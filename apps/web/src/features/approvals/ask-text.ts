import type { Proposal } from '@quarterdeck/contract/proposal';
import type { ToolKind } from '@quarterdeck/contract/session';

const WANTS: Readonly<Record<ToolKind, string>> = {
  execute: 'run a command',
  edit: 'change a file',
  read: 'read a file',
  delete: 'delete a file',
  move: 'move a file',
  search: 'search',
  fetch: 'fetch from the network',
  think: 'think',
  switch_mode: 'switch its mode',
  other: 'use a tool',
};

/** What an agent asks, as a heading. A title that only repeats the command gives way to what it means. */
export function askText({ profile, title, detail }: Pick<Proposal, 'profile' | 'title' | 'detail'>): string {
  const repeats = detail.command !== null && title.includes(detail.command.trim());
  return repeats || title === '' ? `${profile} wants to ${WANTS[detail.toolKind]}` : title;
}

/** What kind of thing is asked for. */
export function kindText(kind: ToolKind): string {
  const text = WANTS[kind];
  return text.charAt(0).toUpperCase() + text.slice(1);
}
