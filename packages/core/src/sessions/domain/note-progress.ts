import type { JournalEntry } from '@quarterdeck/contract/journal';
import type { RunProgress } from '@quarterdeck/contract/run';

const MAX_TOOLS = 8;
const MAX_TITLE = 120;
const NOTHING: RunProgress = { turnSince: null, tools: [] };

/** What an agent is in the middle of after a line of its journal: its turn, and the tool calls that run. */
export function noteProgress(
  before: RunProgress | null,
  { entry, at }: { readonly entry: JournalEntry; readonly at: number },
): RunProgress | null {
  if (entry.kind === 'exited') return null;
  if (entry.kind === 'turn') return { turnSince: entry.phase === 'started' ? at : null, tools: [] };
  if (entry.kind !== 'item' || entry.item.kind !== 'tool') return before;
  const { itemId, title, status, startedAt } = entry.item;
  const { turnSince, tools } = before ?? NOTHING;
  const others = tools.filter((tool) => tool.itemId !== itemId);
  if (status === 'completed' || status === 'failed') return { turnSince, tools: others };
  const known = tools.find((tool) => tool.itemId === itemId);
  const since = known?.since ?? startedAt;
  const running = { itemId, title: title.replace(/\s+/g, ' ').slice(0, MAX_TITLE), since };
  const all = [...others, running].toSorted((one, other) => one.since - other.since);
  return { turnSince, tools: all.slice(0, MAX_TOOLS) };
}
