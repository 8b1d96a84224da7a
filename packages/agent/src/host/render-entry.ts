import type { JournalEntry } from '@quarterdeck/contract/journal';
import type { TranscriptItem } from '@quarterdeck/contract/session';

/** A journal entry as a line or more of `agent.log`, for people; null when it would only repeat. */
export function renderEntry(entry: JournalEntry): string | null {
  switch (entry.kind) {
    case 'started':
      return `started ${entry.agentName} ${entry.agentVersion} (process ${entry.pid})`;
    case 'session':
      return entry.isResumed ? 'goes on with its earlier session' : null;
    case 'item':
      return renderItem(entry.item);
    case 'permission':
      return `asks for permission: ${entry.detail.title}`;
    case 'permissionSettled':
      return `permission ${entry.outcome}${entry.because === null ? '' : ` by ${entry.because}`}`;
    case 'turn':
      return `turn ${entry.phase}${entry.stopReason === null ? '' : ` (${entry.stopReason})`}`;
    case 'failure':
      return `failed (${entry.hint}): ${entry.message}`;
    case 'exited':
      return `exited with ${entry.signal ?? `code ${entry.code ?? 'unknown'}`}`;
    case 'activity':
    case 'usage':
      return null;
  }
}

function renderItem(item: TranscriptItem): string | null {
  switch (item.kind) {
    case 'prompt':
      return `prompt from ${item.author}:\n${item.text}`;
    case 'message':
    case 'thought':
      return item.isComplete ? `${item.kind}: ${item.text}` : null;
    case 'tool':
      return item.endedAt === null ? `tool ${item.status}: ${item.title}` : endedTool(item);
    case 'plan':
      return `plan:\n${item.entries.map(({ status, content }) => `  [${status}] ${content}`).join('\n')}`;
    case 'notice':
      return `${item.level}: ${item.text}`;
    case 'permission':
    case 'turn':
      return null;
  }
}

function endedTool(item: Extract<TranscriptItem, { kind: 'tool' }>): string {
  const output = item.output === null ? '' : `\n${item.output}`;
  return `tool ${item.status}: ${item.title}${output}`;
}
