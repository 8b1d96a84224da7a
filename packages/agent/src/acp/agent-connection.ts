import type { Readable, Writable } from 'node:stream';
import { Readable as NodeReadable, Writable as NodeWritable } from 'node:stream';
// `/unstable` is version 1 with the fields agents really send, such as a prompt's token counts.
import * as acp from '@agentclientprotocol/sdk/unstable';
import type { PermissionOutcome } from './permission-request.ts';
import { PermissionRequest } from './permission-request.ts';

/** Longest message an agent may send. */
export const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

/** What the agent says on its own account. */
export interface AgentListener {
  /** A `session/update` as it came, in order and before the answer to the prompt it belongs to. */
  readonly onUpdate: (update: unknown) => void;
  /** `signal` aborts when the agent takes the request back. */
  readonly onPermission: (request: PermissionRequest, signal: AbortSignal) => Promise<PermissionOutcome>;
}

/** Our end of one agent's ACP connection. Requests reject with the agent's error, or when the connection ends. */
export interface AgentConnection {
  readonly request: (method: string, params: unknown) => Promise<unknown>;
  readonly notify: (method: string, params: unknown) => Promise<void>;
  /** Resolves when the connection is over, with the reason when it was ended for what the agent sent. */
  readonly closed: Promise<Error | null>;
  readonly isOver: () => boolean;
  readonly close: () => void;
}

/** Methods we call on an agent. */
export const AGENT_METHOD = {
  initialize: acp.methods.agent.initialize,
  newSession: acp.methods.agent.session.new,
  resumeSession: acp.methods.agent.session.resume,
  loadSession: acp.methods.agent.session.load,
  setOption: acp.methods.agent.session.setConfigOption,
  setMode: acp.methods.agent.session.setMode,
  /** No longer in the protocol, and still the only way of some agents. */
  setModel: 'session/set_model',
  authenticate: acp.methods.agent.authenticate,
  prompt: acp.methods.agent.session.prompt,
  cancel: acp.methods.agent.session.cancel,
} as const;
export const PROTOCOL_VERSION = acp.PROTOCOL_VERSION;

/**
 * Speaks ACP version 1 over an agent's pipes. Requests other than for permission, such as `fs/*` and `terminal/*`,
 * are answered "method not found"; a message above the size limit ends the connection.
 */
export function connectAgent(
  pipes: { readonly stdin: Writable; readonly stdout: Readable },
  listener: AgentListener,
): AgentConnection {
  const wire = acp.ndJsonStream(
    NodeWritable.toWeb(pipes.stdin) as WritableStream<Uint8Array>,
    NodeReadable.toWeb(pipes.stdout) as ReadableStream<Uint8Array>,
    { maxMessageBytes: MAX_MESSAGE_BYTES },
  );
  const connection = acp
    .client({ name: 'quarterdeck' })
    .onRequest('*', ({ method, params, signal }) => answerRequest(listener, { method, params, signal }))
    .onNotification('*', () => undefined)
    .connect({ writable: wire.writable, readable: wire.readable.pipeThrough(updateTap(listener)) });
  const { signal } = connection;
  return {
    request: (method, params) => connection.agent.request(method, params),
    notify: (method, params) => connection.agent.notify(method, params),
    closed: connection.closed.then(() => breakReason(signal.reason)),
    isOver: () => signal.aborted,
    close: () => connection.close(),
  };
}

// The SDK checks updates against its schema and hands them on some steps later than the answers to requests. Taking
// them from the stream keeps kinds it does not know, and keeps their order.
function updateTap({ onUpdate }: AgentListener) {
  return new TransformStream<acp.AnyMessage, acp.AnyMessage>({
    transform: (message, controller) => {
      const isUpdate = 'method' in message && message.method === acp.methods.client.session.update;
      if (!isUpdate) return controller.enqueue(message);
      const { params } = message;
      if (typeof params === 'object' && params !== null) onUpdate(Reflect.get(params, 'update'));
    },
  });
}

async function answerRequest(
  { onPermission }: AgentListener,
  request: { readonly method: string; readonly params: unknown; readonly signal: AbortSignal },
): Promise<unknown> {
  const { method, params, signal } = request;
  if (method !== acp.methods.client.session.requestPermission) throw acp.RequestError.methodNotFound(method);
  const parsed = PermissionRequest.safeParse(params);
  if (!parsed.success) throw acp.RequestError.invalidParams(undefined, parsed.error.message);
  return { outcome: await onPermission(parsed.data, signal) };
}

function breakReason(reason: unknown): Error | null {
  if (reason instanceof acp.MessageTooLargeError) {
    const limit = `${MAX_MESSAGE_BYTES / 1024 / 1024} MiB`;
    return new Error(`The agent sent a line longer than ${limit}, so it was stopped.`, { cause: reason });
  }
  return null;
}
