import type * as acp from '@agentclientprotocol/sdk/unstable';
import type { WireMessage } from './wire-tap.ts';

type TextKind = 'agent_message_chunk' | 'agent_thought_chunk';

/** Every update of a session, in order. */
export function updatesOf(wire: readonly WireMessage[], sessionId: string): readonly acp.SessionUpdate[] {
  const notifications = wire.flatMap(({ message }) =>
    'method' in message && message.method === 'session/update'
      ? [message.params as acp.SessionNotification]
      : [],
  );
  return notifications.filter((one) => one.sessionId === sessionId).map(({ update }) => update);
}

/** Every permission request of a session, in order. */
export function asksOf(
  wire: readonly WireMessage[],
  sessionId: string,
): readonly acp.RequestPermissionRequest[] {
  const asks = wire.flatMap(({ message }) =>
    'method' in message && message.method === 'session/request_permission'
      ? [message.params as acp.RequestPermissionRequest]
      : [],
  );
  return asks.filter((ask) => ask.sessionId === sessionId);
}

/** Every tool call with all its updates laid over each other, as a client must do it. */
export function toolCallsOf(
  wire: readonly WireMessage[],
  sessionId: string,
): readonly Readonly<Record<string, unknown>>[] {
  const calls = new Map<string, Readonly<Record<string, unknown>>>();
  for (const update of updatesOf(wire, sessionId)) {
    if (update.sessionUpdate !== 'tool_call' && update.sessionUpdate !== 'tool_call_update') continue;
    calls.set(update.toolCallId, { ...calls.get(update.toolCallId), ...update });
  }
  return [...calls.values()];
}

/** What the agent said or thought, its pieces joined. */
export function textOf(wire: readonly WireMessage[], sessionId: string, kind: TextKind): string {
  const chunks = updatesOf(wire, sessionId).flatMap((update) =>
    update.sessionUpdate === kind && update.content.type === 'text' ? [update.content.text] : [],
  );
  return chunks.join('');
}

/** A permission request of this session. */
export function isAsk(message: acp.AnyMessage, sessionId: string): boolean {
  if (!('method' in message) || message.method !== 'session/request_permission') return false;
  return (message.params as acp.RequestPermissionRequest).sessionId === sessionId;
}
