import type { Tokens } from '../usage-state.ts';
import type { OpencodeEvent, PermissionAsked, ToolPart } from './opencode-events.ts';

/** What is known of the sessions in one opencode process. */
export interface Sessions {
  /** The session we opened over ACP. Everything else is a subagent. */
  readonly rootId: string;
  readonly spent: ReadonlyMap<string, { readonly tokens: Tokens; readonly usd: number }>;
  /** Subagent's session → id of the tool call that started it. */
  readonly startedBy: ReadonlyMap<string, string>;
}

/** What an event means to the run. */
export type Signal =
  /** In the form of a `session/update` of ACP. */
  | { readonly kind: 'update'; readonly update: object }
  /** It was refused by its model and asks again by itself; `until` is null when it did not say when. */
  | { readonly kind: 'waiting'; readonly reason: string; readonly until: number | null }
  | { readonly kind: 'totals'; readonly tokens: Tokens; readonly usd: number }
  | { readonly kind: 'asked'; readonly request: PermissionAsked }
  | { readonly kind: 'answered'; readonly id: string };

export interface Reading {
  readonly sessions: Sessions;
  readonly signals: readonly Signal[];
}

/** Takes one event; what ACP already told about the root session is left out. */
export function readEvent(sessions: Sessions, event: OpencodeEvent): Reading {
  const only = (...signals: Signal[]): Reading => ({ sessions, signals });
  switch (event.type) {
    case 'session.created':
    case 'session.updated':
      return takeSpending(sessions, event.properties);
    case 'permission.asked':
      // opencode sends the root session's own questions over ACP as well, and a subagent's not at all.
      return event.properties.sessionID === sessions.rootId
        ? only()
        : only({ kind: 'asked', request: event.properties });
    case 'permission.replied':
      return only({ kind: 'answered', id: event.properties.requestID });
    case 'todo.updated':
      return event.properties.sessionID === sessions.rootId
        ? only({ kind: 'update', update: { sessionUpdate: 'plan', entries: event.properties.todos } })
        : only();
    case 'session.status': {
      const { type, message, next } = event.properties.status;
      return type === 'retry'
        ? only({ kind: 'waiting', reason: message ?? 'it did not answer', until: next ?? null })
        : only();
    }
    case 'message.part.updated':
      return takePart(sessions, event.properties.part);
  }
}

type Spending = Extract<OpencodeEvent, { type: 'session.created' }>['properties'];

function takeSpending(sessions: Sessions, { sessionID, info }: Spending): Reading {
  const { tokens, cost: usd } = info;
  if (!tokens || (tokens.input === 0 && tokens.output === 0 && usd === 0)) return { sessions, signals: [] };
  const counted = {
    inputTokens: tokens.input,
    outputTokens: tokens.output + tokens.reasoning,
    cachedTokens: tokens.cache.read,
  };
  const spent = new Map(sessions.spent).set(sessionID, { tokens: counted, usd });
  const all = [...spent.values()];
  const sum = (pick: (one: Tokens) => number | null) =>
    all.reduce((n, one) => n + (pick(one.tokens) ?? 0), 0);
  const totals = {
    inputTokens: sum((one) => one.inputTokens),
    outputTokens: sum((one) => one.outputTokens),
    cachedTokens: sum((one) => one.cachedTokens),
  };
  const totalUsd = all.reduce((n, one) => n + one.usd, 0);
  return { sessions: { ...sessions, spent }, signals: [{ kind: 'totals', tokens: totals, usd: totalUsd }] };
}

function takePart(sessions: Sessions, part: ToolPart): Reading {
  const child = part.state.metadata?.['sessionId'];
  const isTask = part.tool === 'task' && typeof child === 'string';
  const startedBy = isTask ? new Map(sessions.startedBy).set(child, part.callID) : sessions.startedBy;
  const known = { ...sessions, startedBy };
  if (part.sessionID === sessions.rootId) return { sessions: known, signals: [] };
  return { sessions: known, signals: [{ kind: 'update', update: toolUpdate(known, part) }] };
}

const STATUSES = {
  pending: 'pending',
  running: 'in_progress',
  completed: 'completed',
  error: 'failed',
} as const;

function toolUpdate({ startedBy }: Sessions, { sessionID, callID, tool, state }: ToolPart): object {
  const parent = startedBy.get(sessionID);
  return {
    sessionUpdate: 'tool_call_update',
    toolCallId: childCallId(sessionID, callID),
    parentToolCallId: parent,
    title: state.title || tool,
    kind: kindOf(tool),
    status: STATUSES[state.status],
    rawInput: state.input,
    rawOutput: state.output ?? state.error ?? undefined,
  };
}

/** The id of a subagent's call in the transcript. Models count calls per session, so the session is part of it. */
export function childCallId(sessionId: string, callId: string): string {
  return `${sessionId}:${callId}`;
}

/** The kind of one of opencode's tools or permissions. */
export function kindOf(tool: string): 'execute' | 'edit' | 'read' | 'search' | 'fetch' | 'think' | 'other' {
  if (tool === 'bash') return 'execute';
  if (['edit', 'write', 'patch', 'apply_patch', 'multiedit'].includes(tool)) return 'edit';
  if (tool === 'read') return 'read';
  if (['grep', 'glob', 'list', 'codesearch'].includes(tool)) return 'search';
  if (['webfetch', 'websearch'].includes(tool)) return 'fetch';
  return tool === 'task' ? 'think' : 'other';
}
